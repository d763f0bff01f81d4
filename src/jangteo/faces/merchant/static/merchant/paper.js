// The button that prints the slip. Without scripts the browser's own menu does it.

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
