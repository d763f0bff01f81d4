// Everything that can be bought, kept for a day without a network and asked for again on every piece of news.

import { hear } from "../js/news.js";
import { keep, kept } from "./keep.js";

const POLL_MS = 30_000;
const WAIT_MS = 10_000;
// News of half a market being repriced come in a burst.
const BURST_MS = 150;
const { catalogueUrl } = document.body.dataset;

export const catalogue = Object.assign(new EventTarget(), {
  data: null,
  asOf: null,
  isAway: false,
  good: (id) => catalogue.data.goods.find((good) => good.id === id),
  stall: (id) => catalogue.data.stalls.find((stall) => stall.id === id),
});

let asking = null;
let isAskedAgain = false;
let { liveTicket } = document.body.dataset;
let waitingFor = 0;
let priceEnd = 0;

function tell() {
  catalogue.dispatchEvent(new Event("changed"));
}

function take({ live_ticket: ticket, ...data }) {
  liveTicket = ticket ?? liveTicket;
  catalogue.data = data;
  clearTimeout(priceEnd);
  if (data.prices_end_at)
    priceEnd = setTimeout(refresh, Math.max(1000, Math.min(2 ** 31 - 1, new Date(data.prices_end_at) - Date.now())));
}

async function ask() {
  const known = catalogue.data && { "If-None-Match": `"${catalogue.data.version}"` };
  const wasAway = catalogue.isAway;
  try {
    const answer = await fetch(catalogueUrl, { headers: known ?? {}, signal: AbortSignal.timeout(WAIT_MS) });
    if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
    const isNew = answer.status === 200;
    if (isNew) take(await answer.json());
    catalogue.asOf = Date.now();
    catalogue.isAway = false;
    await keep("catalogue", { data: catalogue.data, asOf: catalogue.asOf });
    if (isNew) look();
    if (isNew || wasAway) tell();
  } catch {
    catalogue.isAway = true;
    if (!wasAway) tell();
  }
}

// One question at a time; whatever comes meanwhile leads to exactly one more.
export async function refresh() {
  if (asking) {
    isAskedAgain = true;
    return asking;
  }
  asking = ask();
  await asking;
  asking = null;
  if (isAskedAgain) {
    isAskedAgain = false;
    return refresh();
  }
  return undefined;
}

// Each picture is looked at once, so that the worker has it when the network is gone.
function look() {
  for (const { image } of catalogue.data.goods) if (image) new Image().src = image;
}

function changed() {
  clearTimeout(waitingFor);
  waitingFor = setTimeout(refresh, BURST_MS);
}

// Resolves once there is something to show, from the disk or from the server.
export async function open() {
  const before = await kept("catalogue");
  if (before) {
    take(before.data);
    catalogue.asOf = before.asOf;
  }
  const first = refresh();
  if (!before) await first;
  hear({ ticket: () => liveTicket, changed });
  setInterval(refresh, POLL_MS);
  addEventListener("online", refresh);
  addEventListener("offline", refresh);
}
