// Keeps the marked parts of a page as they are on the server.
//
// <body data-live-url data-live-ticket> opens the stream of news. News only say that something changed: each element
// with an id and data-live="NAME" is then asked for again (same address, header X-Fragment: NAME) and put in place.
// What changed is told to screen readers by #said: the words of elements with data-say that were not there before.
// Every piece of news is also sent on as a "live:event" on the document: detail is {id, kind, channel, payload}.

import { enhance } from "./base.js";

const POLL_MS = 15_000;
const SPREAD_MS = 1000;
const REMEMBERED = 500;
const { liveUrl, liveTicket } = document.body.dataset;
const seen = new Set();
let running = null;
let again = false;
let hasOpened = false;
let askedAt = Date.now();

function isNew(id) {
  if (!id) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
  return true;
}

// Forms carry a new token in every answer; that alone is no news.
function content(element) {
  return element.outerHTML.replace(/(csrfmiddlewaretoken" value=")[^"]*/g, "$1");
}

function said(element) {
  return [...element.querySelectorAll("[data-say]")].map((part) => part.dataset.say || part.textContent.trim());
}

function swap(old, fresh) {
  const before = said(old);
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(fresh);
  enhance(fresh);
  if (focused) document.getElementById(focused)?.focus();
  const news = said(fresh).filter((words) => !before.includes(words));
  const teller = document.getElementById("said");
  if (teller && news.length) teller.textContent = news.join(". ");
}

async function refreshOne(element) {
  const answer = await fetch(location.href, { headers: { "X-Fragment": element.dataset.live } });
  if (!answer.ok) return;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  const fresh = box.content.getElementById(element.id);
  const isTyping = element.querySelector("input:focus, textarea:focus, select:focus");
  if (fresh && !isTyping && content(fresh) !== content(element)) swap(element, fresh);
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

if (liveUrl && liveTicket) listen();
else setInterval(refresh, POLL_MS);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") refresh();
});
