// The helper's phone: the queue stays live, and a new call rings and is read out until someone touches the screen.

import "../js/live.js";

const KEPT = "helper-ring";
const EVERY_MS = 8_000;
const CHIME = [
  [0, 784],
  [0.2, 988],
  [0.4, 1175],
];
const sound = document.getElementById("sound");
const silent = document.getElementById("silent");
let audio = null;
let timer = 0;

const wanted = () => localStorage.getItem(KEPT) === "on";
const heard = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
const unheard = () => [...document.querySelectorAll("[data-ring]")].filter((one) => !heard().includes(one.dataset.ring));

function show() {
  sound.hidden = false;
  sound.setAttribute("aria-pressed", String(wanted()));
  sound.querySelector("span").textContent = wanted() ? sound.dataset.on : sound.dataset.off;
  // A page that was loaded anew makes no sound before somebody has touched it, whatever was wanted.
  const says = wanted() ? "asleep" : "off";
  silent.hidden = wanted() && audio?.state === "running";
  for (const words of silent.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== says;
}

async function wake() {
  audio ??= new AudioContext();
  await audio.resume();
  show();
}

function chime() {
  if (audio?.state !== "running") return;
  for (const [after, pitch] of CHIME) {
    const at = audio.currentTime + after;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.6, at);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.5);
  }
}

function speak(words) {
  const voice = globalThis.speechSynthesis?.getVoices().find(({ lang }) => lang.toLowerCase().startsWith("ko"));
  if (!voice) return;
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  speechSynthesis.cancel();
  speechSynthesis.speak(said);
}

function ring() {
  const calls = unheard();
  if (!calls.length || !wanted()) return;
  chime();
  navigator.vibrate?.([400, 200, 400]);
  speak(calls.map((one) => one.dataset.words).join(" "));
}

function look() {
  clearInterval(timer);
  if (!unheard().length) return;
  timer = setInterval(ring, EVERY_MS);
  ring();
}

function touched() {
  const ids = unheard().map((one) => one.dataset.ring);
  if (wanted()) wake();
  if (!ids.length) return;
  sessionStorage.setItem(KEPT, JSON.stringify([...heard(), ...ids]));
  clearInterval(timer);
  globalThis.speechSynthesis?.cancel();
}

async function turn(on) {
  localStorage.setItem(KEPT, on ? "on" : "off");
  await wake();
  if (on) chime();
}

sound.addEventListener("click", () => turn(!wanted()));
silent.querySelector("button").addEventListener("click", () => turn(true));
document.addEventListener("pointerdown", touched);
document.addEventListener("keydown", touched);
new MutationObserver(look).observe(document.querySelector(".alerts"), { childList: true, subtree: true });
// Voices of a phone come late; asking once makes them come.
globalThis.speechSynthesis?.getVoices();
show();
look();
