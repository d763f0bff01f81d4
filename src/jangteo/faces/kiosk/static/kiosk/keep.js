// What the kiosk keeps on its disk beside the outbox: the catalogue, what somebody has chosen so far, and the number of
// the last ticket. Without a disk (a private window) it goes on from memory.

const STORE = "things";
const memory = new Map();

function settled(request) {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

let opening = null;

function opened() {
  opening ??= (() => {
    const request = indexedDB.open(document.body.dataset.outbox, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    return settled(request);
  })();
  return opening;
}

async function transact(mode, work) {
  const transaction = (await opened()).transaction(STORE, mode);
  const written = new Promise((done, fail) => {
    transaction.oncomplete = done;
    transaction.onabort = () => fail(transaction.error);
  });
  const result = await work(transaction.objectStore(STORE));
  await written;
  return result;
}

export async function kept(name) {
  try {
    return await transact("readonly", (store) => settled(store.get(name)));
  } catch {
    return memory.get(name);
  }
}

export async function keep(name, value) {
  try {
    await transact("readwrite", (store) => store.put(value, name));
  } catch {
    memory.set(name, value);
  }
}

// Counted in one transaction, so that two windows never give the same number.
export async function nextTicket() {
  const count = await transact("readwrite", async (store) => {
    const next = ((await settled(store.get("ticket"))) ?? 0) + 1;
    store.put(next, "ticket");
    return next;
  });
  return `${document.body.dataset.series}-${String(count).padStart(2, "0")}`;
}
