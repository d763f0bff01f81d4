// A board that nobody touches: it asks for its page again on every piece of news and four times a minute, shows what
// came, and keeps what it has when nobody answers. It takes the whole page, so that the worker always has the last one.

import { start } from "../js/heartbeat.js";
import { hear } from "../js/news.js";

const POLL_MS = 15_000;
const TURN_MS = 15_000;
// A question that never ends, as when a cable is pulled in the middle of it, would be the last one.
const WAIT_MS = 8_000;
const SHIFT_MS = 600_000;
const SHIFTS = 4;
const { liveUrl, liveTicket, workerUrl } = document.body.dataset;
let last = document.getElementById("shown").innerHTML;
let asking = null;
let isAskedAgain = false;
let turned = 0;

function say(isKept, asOf) {
  const note = document.getElementById("as-of");
  if (asOf && note.textContent !== asOf.textContent) note.replaceChildren(...asOf.childNodes);
  note.hidden = !isKept;
}

// Of several pages or lines one is shown at a time, each for a quarter of a minute.
function turnTo(step) {
  turned += step;
  for (const box of document.querySelectorAll("[data-turns]"))
    [...box.children].forEach((one, place) => (one.hidden = place !== turned % box.children.length));
}

function show(page) {
  const fresh = page.getElementById("shown");
  if (!fresh) {
    // Taken down meanwhile: the page with the digits is another one.
    location.reload();
    return;
  }
  document.body.dataset.turn = page.body.dataset.turn;
  document.documentElement.dataset.contrast = page.documentElement.dataset.contrast;
  if (fresh.innerHTML === last) return;
  last = fresh.innerHTML;
  const now = document.getElementById("shown");
  now.dataset.show = fresh.dataset.show;
  now.replaceChildren(...fresh.childNodes);
  turnTo(0);
}

async function ask() {
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(WAIT_MS) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    say(answer.headers.has("X-Kept"), page.getElementById("as-of"));
    show(page);
  } catch {
    say(true);
  }
}

// One question at a time; whatever comes meanwhile leads to exactly one more.
async function refresh() {
  if (asking) {
    isAskedAgain = true;
    return;
  }
  asking = ask();
  await asking;
  asking = null;
  if (isAskedAgain) {
    isAskedAgain = false;
    refresh();
  }
}

// The picture stands two pixels elsewhere every ten minutes, so that nothing burns in.
function shift() {
  document.body.dataset.shift = Math.floor(Date.now() / SHIFT_MS) % SHIFTS;
}

async function keep() {
  // What was loaded before the worker came has passed it by: once more, through its hands.
  if (navigator.serviceWorker.controller) document.body.dataset.kept = "yes";
  else navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  await navigator.serviceWorker.register(workerUrl);
}

shift();
setInterval(shift, SHIFT_MS / 10);
setInterval(() => turnTo(1), TURN_MS);
if (liveUrl) {
  start();
  hear({ ticket: () => liveTicket, changed: refresh });
  // At once, too: only the answer tells whether this page came from the network or is the one that was kept.
  refresh();
  setInterval(refresh, POLL_MS);
  addEventListener("online", refresh);
  addEventListener("offline", refresh);
  // Browsers have it only where the page came safely: over https or from the device itself.
  if ("serviceWorker" in navigator) keep();
}
