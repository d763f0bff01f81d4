// A new order rings, speaks and shakes the phone until someone touches the screen or takes the order.
// Money that has come is told once.

import { chime, hush, isAwake, isOn, say, turn, wake } from "../js/sound.js";

const HEARD = "heard";
const MOST_HEARD = 200;
const EVERY_MS = 7_000;
const SPEAK_AFTER_MS = 1_700;
const CHIME = [
  [0, 1318.5],
  [0.25, 1046.5],
  [0.75, 1318.5],
  [1, 1046.5],
];

const bar = document.querySelector(".ring");
const tools = document.querySelector("[data-ring-tools]");
const title = "● ";
let timer = 0;
let lock = null;

function heard() {
  return JSON.parse(sessionStorage.getItem(HEARD) ?? "[]");
}

function calls() {
  return [...document.querySelectorAll("[data-call]")];
}

function unheard() {
  const known = heard();
  return calls().filter((call) => !known.includes(call.dataset.call));
}

// Says plainly whether the phone can be heard: off, allowed but not yet woken by a tap, or on.
function show() {
  bar.hidden = isOn() && isAwake();
  bar.querySelector('[data-says="off"]').hidden = isOn();
  bar.querySelector('[data-says="asleep"]').hidden = !isOn();
  tools.hidden = !(isOn() && isAwake());
}

function ringOnce() {
  if (!isOn()) return;
  chime(CHIME);
  navigator.vibrate?.([500, 250, 500]);
  setTimeout(() => {
    const waiting = unheard();
    if (waiting.length && isAwake()) say(waiting.map((call) => call.dataset.speak).join(" "));
  }, SPEAK_AFTER_MS);
}

function remember(ids) {
  sessionStorage.setItem(HEARD, JSON.stringify([...heard(), ...ids].slice(-MOST_HEARD)));
}

function tell() {
  const known = heard();
  const news = [...document.querySelectorAll("[data-tell]")].filter((one) => !known.includes(one.dataset.tell));
  if (!news.length || !isOn()) return;
  remember(news.map((one) => one.dataset.tell));
  chime(CHIME);
  navigator.vibrate?.(400);
  setTimeout(() => {
    if (isAwake()) say(news.map((one) => one.dataset.speak).join(" "));
  }, SPEAK_AFTER_MS);
}

function start() {
  if (timer) return;
  document.documentElement.dataset.ringing = "";
  timer = setInterval(ringOnce, EVERY_MS);
  ringOnce();
}

function stop() {
  clearInterval(timer);
  timer = 0;
  delete document.documentElement.dataset.ringing;
  hush();
  navigator.vibrate?.(0);
}

function look() {
  document.title = (calls().length ? title : "") + document.title.replace(title, "");
  if (unheard().length) start();
  else if (timer) stop();
  tell();
}

function touched() {
  if (isOn()) wake(show);
  const ids = unheard().map((call) => call.dataset.call);
  if (!ids.length) return;
  remember(ids);
  stop();
}

async function stayLit() {
  if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock?.request("screen");
  } catch {
    lock = null; // The phone saves its battery; the ring still wakes people.
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-ring]");
  if (!button) return;
  turn(button.dataset.ring !== "off");
  await wake(show);
  if (isOn()) chime(CHIME);
});
document.addEventListener("pointerdown", touched);
document.addEventListener("keydown", touched);
document.addEventListener("visibilitychange", stayLit);
const changes = { childList: true, subtree: true, attributeFilter: ["data-call", "data-tell"] };
new MutationObserver(look).observe(document.querySelector(".alerts"), changes);

bar.hidden = false;
if (isOn()) wake(show);
show();
look();
stayLit();
