// The outbox of this stall's till, open on every page of its phone: what was sold offline is sent from wherever one is.

import { openOutbox } from "../js/outbox.js";

const place = document.getElementById("till-unsent");

// A page from the device's cache carries an old token, and perhaps another stall is in by now: ask who we are first.
async function headers() {
  const answer = await fetch(place.dataset.pass, { cache: "no-store" });
  if (!answer.ok) return {};
  const { csrf } = await answer.json();
  return { "X-CSRFToken": csrf };
}

export const { pass } = place.dataset;
export const outbox = openOutbox({ name: place.dataset.outbox, url: place.dataset.url, headers });

// What may still be undone is not late yet.
async function show() {
  const waiting = (await outbox.pending()).filter((entry) => !entry.held || outbox.state === "shut");
  const refused = await outbox.refused();
  const kind = refused.length ? "refused" : outbox.state === "shut" ? "shut" : "waiting";
  const count = refused.length || waiting.length;
  place.hidden = count === 0;
  tell(place.dataset[kind].replace("{count}", count), kind === "refused");
}

function tell(words, isRefused) {
  const line = place.querySelector("[data-unsent-words]");
  if (line.textContent !== words) line.textContent = words;
  place.querySelector("[data-unsent-look]").hidden = !isRefused;
}

export async function look() {
  if (outbox.state === "broken") {
    place.hidden = false;
    tell(place.dataset.broken, false);
  } else await show();
}

outbox.addEventListener("changed", look);
outbox.addEventListener("sent", look);
outbox.addEventListener("refused", look);
// A sale whose ten seconds are over while nothing else happens.
setInterval(look, 5_000);
look();
