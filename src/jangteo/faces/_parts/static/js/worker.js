// The service worker of a face: it opens without a network. A classic script: workers of older phones know no modules.
//
// self.KEPT = { name, version, pages, files, fallback, lasting, … } comes from the file that imports this one.
// Files whose names carry their content's hash are taken from the device first; pages from the network, and from the
// device if that does not answer within WAIT_MS. Only GET: what is to be written goes through the page's outbox.
// A new version fetches everything anew beside the old one and takes over when no page of the old one is open any more.
// A page says by X-Owner whose it is; another owner's page, or being let in no more, empties the shelf of pages.

const { name, version, pages, files, fallback, lasting } = self.KEPT;
const FILES = `${name}-files-${version}`;
const PAGES = `${name}-pages-${version}`;
const WAIT_MS = 3_000;
const MOST_PAGES = 40;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const OWNER = "/owner-of-these-pages";

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([caches.open(FILES).then((shelf) => shelf.addAll(files)), keepPages()]));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (neverChanges(url.pathname) || files.includes(url.pathname)) event.respondWith(file(request));
});

async function keepPages() {
  for (const address of pages) {
    const response = await fetch(address, { cache: "no-store" });
    await keep(new Request(address), response);
  }
}

async function forgetOlder() {
  const ours = (await caches.keys()).filter((shelf) => shelf.startsWith(`${name}-`));
  await Promise.all(ours.filter((shelf) => shelf !== FILES && shelf !== PAGES).map((shelf) => caches.delete(shelf)));
}

function neverChanges(path) {
  return HASHED.test(path) || (lasting !== "" && new RegExp(lasting).test(path));
}

// A file without a hash in its name may have changed: those of a development server.
async function file(request) {
  const kept = await caches.match(request, { cacheName: FILES });
  if (kept && neverChanges(new URL(request.url).pathname)) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) (await caches.open(FILES)).put(request, response.clone());
    return response;
  } catch (lost) {
    if (kept) return kept;
    throw lost;
  }
}

async function page(event) {
  const fresh = fetch(event.request);
  event.waitUntil(fresh.then((response) => keep(event.request, response.clone())).catch(() => undefined));
  const late = new Promise((done) => setTimeout(done, WAIT_MS));
  const answer = await Promise.race([fresh, late]).catch(() => undefined);
  return answer ?? (await kept(event.request)) ?? fresh;
}

// What stands behind the question mark is news about the last tap; without a network the bare page will do. Pages vary
// by cookies and languages, which the browser shows no worker.
async function kept(request) {
  const shelf = await caches.open(PAGES);
  const found = await shelf.match(request.url, { ignoreSearch: true, ignoreVary: true });
  return found ?? (await shelf.match(fallback));
}

async function keep(request, response) {
  if (response.status === 403) await caches.delete(PAGES);
  if (!response.ok || response.redirected || new URL(request.url).search) return;
  const shelf = await shelfOf(response.headers.get("X-Owner") ?? "");
  await shelf.put(request.url, response);
  const all = await shelf.keys();
  const spare = all.filter(({ url }) => ![...pages, OWNER].includes(new URL(url).pathname));
  await Promise.all(spare.slice(0, Math.max(0, spare.length - MOST_PAGES)).map((old) => shelf.delete(old)));
}

async function shelfOf(owner) {
  const before = await (await caches.match(OWNER, { cacheName: PAGES }))?.text();
  if (before !== undefined && before !== owner) await caches.delete(PAGES);
  const shelf = await caches.open(PAGES);
  await shelf.put(OWNER, new Response(owner));
  return shelf;
}
