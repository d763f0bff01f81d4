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
