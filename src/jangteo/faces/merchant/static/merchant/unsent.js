// Forms that could not be sent because the line was down wait here, photo and all, and are sent when it is back.
// Each has a key by which the server knows it again, so that several tabs or a lost answer put nothing up twice.

const ROOM = "jangteo-goods";
const SHELF = "unsent";
const PATIENCE_MS = 30_000;
const AGAIN_MS = 20_000;
const LOCK = "jangteo-goods-unsent";

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function shelf(mode) {
  const opening = indexedDB.open(ROOM, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(SHELF, { keyPath: "key" });
  const room = await asked(opening);
  return room.transaction(SHELF, mode).objectStore(SHELF);
}

async function put(form) {
  await asked((await shelf("readwrite")).put(form));
}

async function remove(key) {
  await asked((await shelf("readwrite")).delete(key));
}

const notice = document.getElementById("unsent");

async function ours() {
  const all = await asked((await shelf("readonly")).getAll());
  return all.filter((form) => form.stall === notice.dataset.stall).sort((one, other) => one.at - other.at);
}

function bodyOf(form) {
  const body = new FormData();
  for (const [name, value] of form.fields) body.append(name, value);
  return body;
}

// The answer, or null where none came.
export async function post(address, body) {
  const token = notice.querySelector("[name=csrfmiddlewaretoken]").value;
  const sent = { method: "POST", body, headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(PATIENCE_MS) };
  const answer = await fetch(address, sent).catch(() => null);
  return answer && answer.status < 500 ? answer : null;
}

export async function keepForLater(address, body) {
  const fields = [...body].filter(([name]) => name !== "csrfmiddlewaretoken");
  await put({ key: body.get("key"), stall: notice.dataset.stall, at: Date.now(), address, fields, refused: false });
  await show();
}

// Out of the waiting ones, to be filled in again.
export async function takeOut(key) {
  const form = await asked((await shelf("readonly")).get(key));
  if (form) await remove(key);
  await show();
  return form;
}

async function show() {
  const forms = await ours();
  const names = (refused) =>
    forms
      .filter((form) => form.refused === refused)
      .map((form) => form.fields.find(([name]) => name === "name")?.[1])
      .join(", ");
  for (const [part, refused] of [["waiting", false], ["refused", true]]) {
    const words = names(refused);
    notice.querySelector(`[data-${part}]`).hidden = !words;
    notice.querySelector(`[data-${part}] [data-names]`).textContent = words;
  }
  const first = forms.find((form) => form.refused);
  if (first) notice.querySelector("[data-again]").href = `${notice.dataset.again}#again-${first.key}`;
  notice.hidden = forms.length === 0 && notice.querySelector("[data-sent]").hidden;
}

async function sendAll() {
  for (const form of await ours()) {
    if (form.refused) continue;
    const answer = await post(form.address, bodyOf(form));
    // No line, or nobody is signed in here: it waits.
    if (!answer || answer.status === 403) break;
    if (answer.ok) await remove(form.key);
    else await put({ ...form, refused: true });
    if (answer.ok) notice.querySelector("[data-sent]").hidden = false;
  }
  await show();
}

// One tab at a time, where the browser lets tabs agree on it; the keys keep the rest from harm.
async function flush() {
  if (!navigator.onLine || !(await ours()).some((form) => !form.refused)) return show();
  return navigator.locks ? navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => lock && sendAll()) : sendAll();
}

if (notice && globalThis.indexedDB) {
  addEventListener("online", flush);
  setInterval(flush, AGAIN_MS);
  flush();
}
