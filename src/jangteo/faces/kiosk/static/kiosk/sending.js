// An order on its way: kept before the ticket is shown, sent when there is a network, exactly once.

import { openOutbox } from "../js/outbox.js";
import { catalogue } from "./catalogue.js";
import { nextTicket } from "./keep.js";
import { ceilingWon, lineWon } from "./sums.js";
import { spoken } from "./words.js";

// Longer than that nobody is kept standing: the number is good without an answer.
const ANSWER_MS = 5_000;
const { outbox: name, ordersUrl, seenToken } = document.body.dataset;
const outbox = openOutbox({ name, url: ordersUrl, headers: () => ({ "X-CSRFToken": seenToken, "Accept-Language": spoken() }) });
const awaited = new Map();

export async function unsent() {
  return (await outbox.pending()).length;
}

function answered(key) {
  return new Promise((done) => {
    awaited.set(key, done);
    setTimeout(() => done({ state: "away" }), ANSWER_MS);
    if (catalogue.isAway || outbox.state === "away") setTimeout(() => done({ state: "away" }), ANSWER_MS / 5);
  }).finally(() => awaited.delete(key));
}

outbox.addEventListener("sent", ({ detail }) => awaited.get(detail.key)?.({ state: "sent", ...detail.answer }));
outbox.addEventListener("refused", ({ detail }) => refused(detail));

// Whoever still stands here reads why. Whoever has gone with the ticket is looked after by the association: the order
// is sent again as one of somebody who has gone, and the server tells the people of the market.
async function refused({ key, body, answer }) {
  const waiting = awaited.get(key);
  if (waiting) {
    await outbox.forget(key);
    waiting({ state: "refused", ...answer });
  } else if (body.gone) await outbox.forget(key);
  else await outbox.retry(key, { ...body, gone: true });
}

async function lookAfterTheGone() {
  for (const entry of await outbox.refused()) await refused(entry);
}
lookAfterTheGone();

// { state: "sent" | "away" | "refused", ticket, ... what the server answered }
export async function send(lines, { tender, phone, language }) {
  const ticket = await nextTicket();
  const told = lines.map(({ good, quantity }) => ({
    good: good.id,
    quantity,
    seen_won: lineWon(good, quantity),
    ceiling_won: ceilingWon(good, quantity),
  }));
  const key = await outbox.add("order", { ticket, lines: told, tender, phone, language });
  return { ...(await answered(key)), ticket };
}
