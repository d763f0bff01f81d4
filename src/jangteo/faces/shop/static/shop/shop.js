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
