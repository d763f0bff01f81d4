// A cheap keypad beside the phone: 1 takes the order, 2 says that it is ready, 3 that it cannot be done, 0 takes the last
// of these back. Each key presses the button that shows its number, so the same question is asked as of a finger.

import { say } from "../js/sound.js";

const KEPT = "keys";
// A key that bounces, or was meant for the page before, must not answer the next question.
const SETTLE_MS = 1_200;
const main = document.getElementById("main");
const done = document.getElementById("done");
let shownAt = Date.now();
let byKey = false;

function show() {
  document.documentElement.dataset.keys = "";
}

function isTyping(target) {
  return Boolean(target.closest?.("input, textarea, select, [contenteditable]"));
}

// By its place on the board: a keypad whose number lock is off sends arrows under the same digits.
function digit(event) {
  return /^(?:Digit|Numpad)([0-3])$/.exec(event.code)?.[1];
}

function pressed(event) {
  const key = digit(event);
  const place = main.querySelector("[data-keys]");
  if (!key || !place || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  event.preventDefault();
  localStorage.setItem(KEPT, "yes");
  show();
  if (event.repeat || Date.now() - shownAt < SETTLE_MS) return;
  const button = main.querySelector(`[data-key="${key}"]`) ?? done.querySelector(`[data-key="${key}"]`);
  if (!button) {
    if (key !== "0") say(place.dataset.keys);
    return;
  }
  byKey = true;
  button.click();
}

function tell() {
  const words = done.querySelector(".toast p")?.textContent ?? main.querySelector("[data-say-page]")?.dataset.sayPage;
  if (!byKey || !words) return;
  byKey = false;
  say([words, done.querySelector("[data-say-key]")?.dataset.sayKey].filter(Boolean).join(" "));
}

document.addEventListener("keydown", pressed);
document.addEventListener("pointerdown", () => {
  byKey = false;
});
new MutationObserver(() => {
  shownAt = Date.now();
  // What was done is put beside the page in the same moment.
  queueMicrotask(tell);
}).observe(main, { childList: true });
if (localStorage.getItem(KEPT)) show();
