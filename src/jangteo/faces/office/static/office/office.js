// The office: what needs a hand is asked for again every few seconds, because much of it only needs time to pass;
// a link is copied with one press.

import "../js/live.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.onclick = async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  };
}
for (const field of document.querySelectorAll("[data-copied]")) field.onfocus = () => field.select();

// The sheet of the menu closes like any other: Escape, a press beside it, or leaving it by keyboard.
const more = document.getElementById("more");
if (more) {
  const summary = more.querySelector("summary");
  more.onkeydown = (event) => {
    if (event.key !== "Escape" || !more.open) return;
    more.open = false;
    summary.focus();
  };
  more.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !more.contains(event.relatedTarget)) more.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!more.contains(event.target)) more.open = false;
  });
}
