// The stream of news: <body data-live-url>. News only say that something has changed.
//
// `hear({ ticket, changed, lost })`: `ticket()` is what opens the stream now, `changed()` is called for each piece of
// news, and when what came may have been missed; `lost()` whenever the line is cut.
// Every piece of news is also sent on as a "live:event" on the document: detail is {id, kind, channel, payload}.

const AGAIN_MS = 15_000;
const SPREAD_MS = 1000;
const REMEMBERED = 500;
const seen = new Set();
let hasOpened = false;

function isNew(id) {
  if (!id) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
  return true;
}

export function hear({ ticket, changed, lost = () => {} }) {
  const source = new EventSource(`${document.body.dataset.liveUrl}?t=${encodeURIComponent(ticket())}`);
  source.addEventListener("news", (event) => {
    if (!isNew(event.lastEventId)) return;
    const detail = { id: event.lastEventId, ...JSON.parse(event.data) };
    document.dispatchEvent(new CustomEvent("live:event", { detail }));
    changed();
  });
  // Every open page hears "refresh" at the same moment: spread what they ask for.
  source.addEventListener("refresh", () => setTimeout(changed, Math.random() * SPREAD_MS));
  source.addEventListener("open", () => {
    if (hasOpened) changed();
    hasOpened = true;
  });
  source.addEventListener("error", () => {
    // The browser reconnects by itself unless it was told to stop; then we try again later.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => hear({ ticket, changed, lost }), AGAIN_MS);
    lost();
  });
}
