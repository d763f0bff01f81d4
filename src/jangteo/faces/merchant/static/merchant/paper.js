// The button that prints the slip. Without scripts the browser's own menu does it.

const bodies = new MutationObserver(show);

function show() {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
bodies.observe(document.getElementById("main"), { childList: true });
show();
