// What a counter has to tell the server, kept on the device until the server has answered: sales of a stall, orders of a
// kiosk. It outlives reload, power cut and days without a network, and reaches the server exactly once.
//
//   const outbox = openOutbox({ name: "till-12", url: "/stall/till/sales/", headers: () => ({ "X-CSRFToken": token }) });
//   const key = await outbox.add("sale", { lines: [...] }, { holdMs: 10_000 });   // -> its UUID; kept before this returns
//   await outbox.takeBack(key);      // true: it is gone and the server never hears of it. false: too late for that
//   await outbox.pending();          // [{ key, number, kind, body, made_at, held }], oldest first; held: may be taken back
//   await outbox.refused();          // the same, with `answer`: what the server said. They stay until
//   await outbox.forget(key);        // a person has read them, or
//   await outbox.retry(key, body);   // sends them again, changed (a new key) or as they were
//   await outbox.flush();            // send what is due now; happens by itself on start, on `online` and every few seconds
//   outbox.state                     // "fine" | "away" (no network, or the server is down) | "shut" (not let in: 401, 403)
//                                    // | "broken" (the browser keeps nothing: `add` fails, and people have to be told)
//
// Events (CustomEvent, detail = the entry): "sent" { ...entry, answer }, "refused" { ...entry, answer }, "changed" (any
// change, also one made by another tab; detail is null).
//
// `name` says whose it is: put the stall or the kiosk in it, and nobody else's things are sent under their name.
// `number` counts on this device from 1 and is never used twice. `headers` is asked right before each sending.
// One POST for each: header `Idempotency-Key: <uuid>`, JSON { kind, number, made_at, sent_at, body }. Both times are
// the device's clock (ISO 8601): the server takes the difference to its own time off, so that a wrong clock does no harm.
// Answers: 2xx is done. 400, 404, 409, 410, 413, 422 is refused (JSON, shown to a person). Everything else is tried again.
// Several tabs share one queue: whoever sends an entry claims it first. A tab that dies with a claim lets go of it in
// CLAIM_MS; should both send after all, the server knows the key.

const STORE = "entries";
const EVERY_MS = 4_000;
const CLAIM_MS = 30_000;
const ANSWER_MS = 20_000;
const LONGEST_PAUSE_MS = 60_000;
const REFUSALS = new Set([400, 404, 409, 410, 413, 422]);
const SHUT = new Set([401, 403]);

// randomUUID is missing where the page came without https, as in a stall's own network.
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function settled(request) {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

function opened(name) {
  const request = indexedDB.open(`outbox-${name}`, 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore(STORE, { keyPath: "number", autoIncrement: true }).createIndex("key", "key");
  return settled(request);
}

// A claim from the far future is one from before the clock was put right: it holds nobody up. One from just ahead is
// another tab's, made while this one, which had looked at the clock already, waited for its turn.
function isClaimed(entry, now) {
  return Boolean(entry.claimed_ms) && Math.abs(now - entry.claimed_ms) < CLAIM_MS;
}

// Nor does a promise to wait that a wrong clock gave.
function isHeld(entry, now) {
  return Boolean(entry.hold_ms) && now >= entry.made_ms && now - entry.made_ms < entry.hold_ms;
}

function shown({ answer, ...entry }) {
  const { key, number, kind, body, made_ms } = entry;
  const made = { made_at: new Date(made_ms).toISOString(), held: isHeld(entry, Date.now()) };
  return { key, number, kind, body, ...made, ...(answer && { answer }) };
}

class Outbox extends EventTarget {
  constructor({ name, url, headers = () => ({}) }) {
    super();
    this.url = url;
    this.headers = headers;
    this.state = "fine";
    this.pauseMs = 0;
    this.pausedAt = 0;
    this.running = null;
    // What is practised and what is real never lie in one box, and each goes only where it was made.
    this.copy = document.documentElement.dataset.practice ?? "";
    this.database = opened(this.copy ? `${name}-practice-${this.copy}` : name);
    this.tabs = new BroadcastChannel(`outbox-${name}`);
    this.tabs.onmessage = () => this.tell("changed", null);
    addEventListener("online", () => {
      // A network that has only just come back may fail once more: that counts as the first time.
      this.pauseMs = 0;
      this.flush();
    });
    setInterval(() => this.isPaused() || this.flush(), EVERY_MS);
    this.flush();
  }

  async add(kind, body, { holdMs = 0 } = {}) {
    const entry = { key: newKey(), kind, body, made_ms: Date.now(), hold_ms: holdMs };
    await this.change((store) => store.add(entry));
    setTimeout(() => this.flush(), holdMs);
    return entry.key;
  }

  async pending() {
    return (await this.entries()).filter((entry) => !entry.answer).map(shown);
  }

  async refused() {
    return (await this.entries()).filter((entry) => entry.answer).map(shown);
  }

  async takeBack(key) {
    return this.remove(key, (entry) => !entry.answer && !entry.tried && !isClaimed(entry, Date.now()));
  }

  async forget(key) {
    return this.remove(key, (entry) => Boolean(entry.answer));
  }

  async retry(key, body) {
    const found = await this.changeOne(key, (entry, store) => {
      const fresh = body ? { key: newKey(), body } : {};
      store.put({ ...entry, ...fresh, answer: undefined, claimed_ms: 0 });
      return true;
    });
    if (found) await this.flush();
    return Boolean(found);
  }

  // One at a time in a tab; whoever asks meanwhile waits for the same sending.
  flush() {
    this.running ??= this.sendAll()
      .catch(() => this.enter("broken"))
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  async sendAll() {
    for (let entry = await this.claim(); entry; entry = await this.claim()) if (!(await this.send(entry))) return;
  }

  async send(entry) {
    const answer = await this.asked(entry);
    if (answer.ok || REFUSALS.has(answer.status)) {
      await this.end(entry, answer);
      this.enter("fine");
      return true;
    }
    // Whether it arrived nobody knows: from now on it can't be taken back here.
    await this.changeOne(entry.key, (found, store) => store.put({ ...found, tried: true, claimed_ms: 0 }));
    this.enter(SHUT.has(answer.status) ? "shut" : "away");
    return false;
  }

  async asked(entry) {
    const { key, number, kind, body, made_ms } = entry;
    const stamp = { number, made_at: new Date(made_ms).toISOString(), sent_at: new Date().toISOString() };
    try {
      const headers = { "Content-Type": "application/json", "Idempotency-Key": key, "X-Practice": this.copy || "none", ...(await this.headers()) };
      const response = await fetch(this.url, {
        method: "POST",
        headers,
        body: JSON.stringify({ kind, ...stamp, body }),
        redirect: "error",
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return { ok: response.ok, status: response.status, said: await response.json().catch(() => ({})) };
    } catch {
      return { ok: false, status: 0, said: {} };
    }
  }

  async end(entry, { ok, said }) {
    const detail = { ...shown(entry), answer: said };
    await this.changeOne(entry.key, (found, store) =>
      ok ? store.delete(found.number) : store.put({ ...found, answer: said, claimed_ms: 0 }),
    );
    this.tell(ok ? "sent" : "refused", detail);
  }

  enter(state) {
    const isNew = state !== this.state;
    this.state = state;
    this.pauseMs = state === "fine" ? 0 : Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2 || EVERY_MS);
    this.pausedAt = performance.now();
    if (isNew) this.tell("changed", null);
  }

  isPaused() {
    return performance.now() - this.pausedAt < this.pauseMs;
  }

  // The oldest that is due, and only if no other tab has it: they reach the server in the order they were made.
  async claim() {
    const now = Date.now();
    return this.transact("readwrite", async (store) => {
      const waiting = (await settled(store.getAll())).filter((entry) => !entry.answer);
      const first = waiting.find((entry) => !isHeld(entry, now));
      if (!first || isClaimed(first, now)) return null;
      const claimed = { ...first, claimed_ms: now };
      store.put(claimed);
      return claimed;
    });
  }

  async remove(key, may) {
    const gone = await this.changeOne(key, (entry, store) => may(entry) && (store.delete(entry.number), true));
    return Boolean(gone);
  }

  changeOne(key, change) {
    return this.change(async (store) => {
      const entry = await settled(store.index("key").get(key));
      return entry && change(entry, store);
    });
  }

  async change(work) {
    const result = await this.transact("readwrite", work);
    this.tell("changed", null);
    this.tabs.postMessage("changed");
    return result;
  }

  entries() {
    return this.transact("readonly", (store) => settled(store.getAll()));
  }

  // Resolves when it is on the disk, as far as the browser promises that.
  async transact(mode, work) {
    const transaction = (await this.database).transaction(STORE, mode, { durability: "strict" });
    const written = new Promise((done, fail) => {
      transaction.oncomplete = done;
      transaction.onabort = () => fail(transaction.error);
    });
    const result = await work(transaction.objectStore(STORE));
    await written;
    return result;
  }

  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}

export function openOutbox(options) {
  return new Outbox(options);
}
