// The shopper's pages: add without leaving the page, search while typing. All of it also works by plain forms.

import { enhance } from "../js/base.js";
import "../vendor/htmx.js";

document.addEventListener("htmx:after:swap", () => enhance(document));

// A click beside the suggestions or Escape closes them.
function closeSuggestions() {
  const box = document.getElementById("suggest");
  if (box) box.replaceChildren();
}
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) closeSuggestions();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSuggestions();
});

// What is to be typed into a bank's app. Without a clipboard (plain http) the number is at least picked out.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copies);
  getSelection().selectAllChildren(text);
  if (!navigator.clipboard) return;
  await navigator.clipboard.writeText(text.textContent);
  button.textContent = button.dataset.done;
});
