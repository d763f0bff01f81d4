// Keeps the marked parts of a page as they are on the server.
//
// <body data-live-url data-live-ticket> opens the stream of news. News only say that something changed: each element
// with an id and data-live="NAME" is then asked for again (same address, header X-Fragment: NAME) and made like the answer,
// but never under a finger: while one is on the screen, and a moment longer for its tap to arrive, everything stays put.
// What changed is told to screen readers by #said: the words of elements with data-say that were not there before.
// Every piece of news is also sent on as a "live:event" on the document: detail is {id, kind, channel, payload}.

import { enhance } from "./base.js";
import { morph } from "./morph.js";

const POLL_MS = 15_000;
const FINGER_MS = 5_000;
const TAP_MS = 300;
const LOOK_AGAIN_MS = 50;
const SPREAD_MS = 1000;
const REMEMBERED = 500;
const { liveUrl, liveTicket } = document.body.dataset;
const seen = new Set();
let running = null;
let again = false;
let hasOpened = false;
let askedAt = Date.now();
let touchedUntil = 0;
let isOwed = false;

function isNew(id) {
  if (!id) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
  return true;
}

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

function listen() {
  const source = new EventSource(`${liveUrl}?t=${encodeURIComponent(liveTicket)}`);
  source.addEventListener("news", (event) => {
    if (!isNew(event.lastEventId)) return;
    const detail = { id: event.lastEventId, ...JSON.parse(event.data) };
    document.dispatchEvent(new CustomEvent("live:event", { detail }));
    refresh();
  });
  // Every open page hears "refresh" at the same moment: spread what they ask for.
  source.addEventListener("refresh", () => setTimeout(refresh, Math.random() * SPREAD_MS));
  source.addEventListener("open", () => {
    if (hasOpened) refresh();
    hasOpened = true;
  });
  source.addEventListener("error", () => {
    // The browser reconnects by itself unless it was told to stop; then we try again later.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, POLL_MS);
    if (Date.now() - askedAt >= POLL_MS) refresh();
  });
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

if (liveUrl && liveTicket) listen();
else setInterval(refresh, POLL_MS);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") refresh();
});
