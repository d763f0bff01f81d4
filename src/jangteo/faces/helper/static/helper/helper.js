// The helper's phone: the queue stays live, and a new call rings and is read out until someone touches the screen.

import "../js/live.js";
import { chime, hush, isAwake, isOn, say, turn, wake } from "../js/sound.js";

const HEARD = "heard-calls";
const EVERY_MS = 8_000;
const CHIME = [
  [0, 784],
  [0.2, 988],
  [0.4, 1175],
];
const sound = document.getElementById("sound");
const silent = document.getElementById("silent");
let timer = 0;

const heard = () => JSON.parse(sessionStorage.getItem(HEARD) ?? "[]");
const unheard = () => [...document.querySelectorAll("[data-ring]")].filter((one) => !heard().includes(one.dataset.ring));

function show() {
  sound.setAttribute("aria-pressed", String(isOn()));
  sound.querySelector("span").textContent = isOn() ? sound.dataset.on : sound.dataset.off;
  // A page that was loaded anew makes no sound before somebody has touched it, whatever was wanted.
  const says = isOn() ? "asleep" : "off";
  silent.hidden = isOn() && isAwake();
  for (const words of silent.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== says;
}

function ring() {
  const calls = unheard();
  if (!calls.length || !isOn()) return;
  chime(CHIME);
  navigator.vibrate?.([400, 200, 400]);
  say(calls.map((one) => one.dataset.words).join(" "));
}

function look() {
  clearInterval(timer);
  if (!unheard().length) return;
  timer = setInterval(ring, EVERY_MS);
  ring();
}

function touched() {
  const ids = unheard().map((one) => one.dataset.ring);
  if (isOn()) wake(show);
  if (!ids.length) return;
  sessionStorage.setItem(HEARD, JSON.stringify([...heard(), ...ids]));
  clearInterval(timer);
  hush();
}

async function change(on) {
  turn(on);
  await wake(show);
  if (on) chime(CHIME);
}

sound.addEventListener("click", () => change(!isOn()));
silent.querySelector("button").addEventListener("click", () => change(true));
document.addEventListener("pointerdown", touched);
document.addEventListener("keydown", touched);
new MutationObserver(look).observe(document.querySelector(".alerts"), { childList: true, subtree: true });
show();
look();
