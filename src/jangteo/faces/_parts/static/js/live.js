// Keeps the marked parts of a page as they are on the server.
//
// <body data-live-url data-live-ticket> opens the stream of news. News only say that something changed: each element
// with an id and data-live="NAME" is then asked for again (same address, header X-Fragment: NAME) and made like the answer,
// but never under a finger: while one is on the screen, and a moment longer for its tap to arrive, everything stays put.
// What changed is told to screen readers by #said: the words of elements with data-say that were not there before.

import { enhance } from "./base.js";
import { morph } from "./morph.js";
import { hear } from "./news.js";

const POLL_MS = 15_000;
const FINGER_MS = 5_000;
const TAP_MS = 300;
const LOOK_AGAIN_MS = 50;
const { liveUrl, liveTicket } = document.body.dataset;
let running = null;
let again = false;
let askedAt = Date.now();
let touchedUntil = 0;
let isOwed = false;

function said(element) {
  return [...element.querySelectorAll("[data-say]")].map((part) => part.dataset.say || part.textContent.trim());
}

function renew(element, fresh) {
  const before = said(element);
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  if (!morph(element, fresh)) isOwed = true;
  enhance(element);
  if (focused && !focused.isConnected)
    (document.getElementById(focused.id) ?? document.getElementById("main"))?.focus({ preventScroll: true });
  const news = said(element).filter((words) => !before.includes(words));
  const teller = document.getElementById("said");
  if (teller && news.length) teller.textContent = news.join(". ");
}

// Whatever else would move something on the screen by itself waits for this as well.
export async function untouched() {
  while (Date.now() < touchedUntil) await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
}

// Another tab began or ended practice: a page that goes on saying what is no longer so is worse than none.
function isElsewhere(answer) {
  return (answer.headers.get("X-Practice") ?? "") !== (document.documentElement.dataset.practice ?? "");
}

async function refreshOne(element) {
  const answer = await fetch(location.href, { headers: { "X-Fragment": element.dataset.live } });
  if (!answer.ok) return;
  if (isElsewhere(answer)) {
    location.reload();
    return;
  }
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  await untouched();
  const fresh = box.content.getElementById(element.id);
  if (fresh) renew(element, fresh);
}

// Runs one refresh at a time; whatever comes meanwhile leads to exactly one more.
export async function refresh() {
  if (running) {
    again = true;
    return running;
  }
  askedAt = Date.now();
  running = Promise.allSettled([...document.querySelectorAll("[data-live]")].map(refreshOne));
  await running;
  running = null;
  if (again) {
    again = false;
    return refresh();
  }
  return undefined;
}

// Without the line the page asks by itself, as browsers try again every few seconds.
function lost() {
  if (Date.now() - askedAt >= POLL_MS) refresh();
}

function touch(lasting) {
  touchedUntil = Date.now() + lasting;
}
// A finger whose end is never told, because something else took the touch over, counts for so long only.
addEventListener("pointerdown", () => touch(FINGER_MS), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => touch(TAP_MS), true);

// What was left alone because it was in somebody's hand is made up for when it no longer is.
function settle() {
  if (!isOwed) return;
  isOwed = false;
  refresh();
}
for (const end of ["toggle", "focusout"]) addEventListener(end, settle, true);

if (liveUrl && liveTicket) hear({ ticket: () => liveTicket, changed: refresh, lost });
else setInterval(refresh, POLL_MS);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") refresh();
});
