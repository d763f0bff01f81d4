// A keypad or keyboard in place of a finger: 1 to 9 press what has that number, Enter the green button, Backspace goes
// back, plus and minus change the amount, PageUp and PageDown turn pages, F4 makes room for the next customer. Tab goes through everything in the order in which it stands.

function press(selector) {
  const found = document.querySelector(selector);
  if (!found || found.getAttribute("aria-disabled")) return false;
  found.click();
  return true;
}

const KEYS = {
  Backspace: ({ back, erase }) => (erase() ? true : back()),
  "+": () => press(".btn-more"),
  "-": () => press(".btn-less"),
  F2: ({ measure }) => measure(),
  F4: ({ end }) => end(),
  PageUp: () => press(".pager .btn:first-child"),
  PageDown: () => press(".pager .btn-after"),
};

export function listen(doings) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    document.body.dataset.keys = "yes";
    const isOnButton = document.activeElement?.matches("button");
    let isDone = false;
    if (/^[0-9]$/.test(event.key)) isDone = press(`#main [data-digit="${event.key}"]`);
    else if (event.key === "Enter") isDone = !isOnButton && press(".btn-main");
    else if (KEYS[event.key]) {
      KEYS[event.key](doings);
      isDone = true;
    }
    if (isDone) event.preventDefault();
  });
}
