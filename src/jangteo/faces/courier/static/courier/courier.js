// The courier's day without a network: every press is kept on the phone first and sent when it can be.
//
// The whole day stands on one page, a section for each door. What was pressed is laid over what the server said last,
// so that a page from the phone's own shelf shows where one really is. Without scripts the same forms post by themselves.

import { hear } from "../js/news.js";
import { openOutbox } from "../js/outbox.js";
import { jpeg, opened } from "../js/shrink.js";

const RANKS = ["planned", "loaded", "here", "done", "failed", "called_off"];
const BECOMES = { loaded: "loaded", here: "here", done: "done", failed: "failed" };
const OVER = new Set(["done", "failed", "called_off"]);
const TIRED_MS = 12 * 3600 * 1000;
const kept = document.getElementById("kept");
const day = document.getElementById("day");
const memory = `${kept.dataset.outbox}-known`;
const known = new Map(recalled());

async function headers() {
  const answer = await fetch(kept.dataset.pass, { cache: "no-store" });
  if (!answer.ok) return {};
  return { "X-CSRFToken": (await answer.json()).csrf };
}

const outbox = openOutbox({ name: kept.dataset.outbox, url: kept.dataset.url, headers });

// What this phone has pressed: a page from its shelf may be older than that.
function recalled() {
  try {
    const all = JSON.parse(localStorage.getItem(memory) ?? "[]");
    return all.filter(([, one]) => Date.now() - one.at < TIRED_MS);
  } catch {
    return [];
  }
}

function remember(stop, state) {
  known.set(stop, { state, at: Date.now() });
  try {
    localStorage.setItem(memory, JSON.stringify([...known]));
  } catch {
    // It is remembered as long as the page is open.
  }
}

// A refused press did not happen: then the page says what the server says.
function forget(stop) {
  known.delete(stop);
  localStorage.setItem(memory, JSON.stringify([...known]));
}

function stateOf(element) {
  const stop = element.dataset.row ?? element.dataset.door;
  const said = element.dataset.state;
  const mine = known.get(stop)?.state;
  return mine && RANKS.indexOf(mine) > RANKS.indexOf(said) && !OVER.has(said) ? mine : said;
}

function draw() {
  for (const element of document.querySelectorAll("[data-row], [data-door]")) {
    const state = stateOf(element);
    for (const part of element.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
  }
  for (const count of document.querySelectorAll("[data-count]")) {
    const rows = [...count.closest("section").querySelectorAll("[data-row]")];
    const over = rows.filter((row) => OVER.has(stateOf(row))).length;
    count.textContent = count.dataset.words.replace("{all}", rows.length).replace("{over}", over);
  }
  const go = document.querySelector("[data-go]");
  if (go) go.hidden = !next();
}

// The first door aboard, else the first that is to be loaded.
function next() {
  const open = [...document.querySelectorAll("[data-door]")].filter((door) => !OVER.has(stateOf(door)));
  return open.find((door) => stateOf(door) !== "planned") ?? open[0];
}

function show(door) {
  if (!day) return;
  day.querySelector("[data-list]").hidden = Boolean(door);
  day.querySelector("h1").classList.toggle("sr", Boolean(door));
  for (const one of day.querySelectorAll("[data-door]")) one.hidden = one !== door;
  scrollTo(0, 0);
  door?.focus({ preventScroll: true });
}

function fromAddress() {
  const stop = /^#door-(\d+)$/.exec(location.hash)?.[1];
  const door = stop && document.querySelector(`[data-door="${stop}"]`);
  show(door && !OVER.has(stateOf(door)) ? door : null);
}

async function photoOf(form) {
  const [file] = form.elements.photo?.files ?? [];
  if (!file) return "";
  const blob = await jpeg(await opened(file));
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
}

async function press(form, button) {
  const told = new FormData(form, button);
  const stop = form.dataset.press;
  const what = told.get("what");
  const body = { stop: Number(stop), what, why: told.get("why") ?? "", steps: told.getAll("steps"), line: Number(told.get("line") ?? 0) };
  // Nothing is shown as done before it lies on the phone: a photo takes a moment.
  button.disabled = true;
  try {
    await outbox.add("press", { ...body, photo: await photoOf(form) });
  } finally {
    button.disabled = what === "lack";
  }
  if (what === "lack") return;
  remember(stop, BECOMES[what]);
  draw();
  if ("stays" in form.dataset) return;
  if (!OVER.has(BECOMES[what]) && what !== "loaded") return;
  const door = next();
  location.hash = door && stateOf(door) !== "planned" ? `#door-${door.dataset.door}` : "#";
  fromAddress();
}

// Nobody at the door counts once both were done: said here already, so that it is not refused hours later.
function isReady(form, button) {
  const steps = form.querySelectorAll('[name="steps"]');
  if (button?.value !== "nobody" || !steps.length) return true;
  const open = [...steps].find((one) => !one.checked);
  open?.focus();
  return !open;
}

day?.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-press]");
  if (!form || outbox.state === "broken") return;
  event.preventDefault();
  if (isReady(form, event.submitter)) press(form, event.submitter).catch(() => form.submit());
});

day?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open], [data-go], [data-close]");
  if (!link) return;
  event.preventDefault();
  const door = "go" in link.dataset ? next()?.dataset.door : link.dataset.open;
  location.hash = door ? `#door-${door}` : "#";
});

day?.addEventListener("change", (event) => {
  if (event.target.name === "photo") event.target.closest("form").querySelector("[data-photo-taken]").hidden = !event.target.files.length;
});

async function look() {
  const refused = await outbox.refused();
  const waiting = await outbox.pending();
  const kind = refused.length ? "refused" : outbox.state === "shut" ? "shut" : "waiting";
  const count = refused.length || waiting.length;
  kept.hidden = count === 0 && outbox.state !== "broken";
  const words = outbox.state === "broken" ? kept.dataset.broken : kept.dataset[kind].replace("{count}", count);
  const line = kept.querySelector("[data-kept-words]");
  if (line.textContent !== words) line.textContent = words;
  kept.querySelector("[data-kept-why]").textContent = refused[0] ? (refused[0].answer.sentence ?? kept.dataset.gone) : "";
  kept.querySelector("[data-kept-read]").hidden = !refused.length;
}

kept.querySelector("[data-kept-read]").addEventListener("click", async () => {
  for (const one of await outbox.refused()) {
    forget(String(one.body.stop));
    await outbox.forget(one.key);
  }
  location.reload();
});

// Another plan: seen at once where nothing is half done here.
async function renew() {
  const isBusy = day?.querySelector("[data-door]:not([hidden])") || (await outbox.pending()).length;
  if (!isBusy && navigator.onLine) location.reload();
}

for (const kind of ["changed", "sent", "refused"]) outbox.addEventListener(kind, look);
addEventListener("hashchange", fromAddress);
draw();
fromAddress();
look();
if (day) hear({ ticket: () => document.body.dataset.liveTicket, changed: () => 0 });
document.addEventListener("live:event", renew);

if (navigator.serviceWorker) {
  addEventListener("load", () => {
    const scope = new URL(".", new URL(kept.dataset.worker, location.href)).pathname;
    navigator.serviceWorker.register(kept.dataset.worker, { scope }).catch(() => undefined);
  });
  navigator.storage?.persist?.();
}
