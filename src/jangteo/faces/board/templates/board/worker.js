// Keeps the last known prices of this board. Pages come from the network as long as it answers within three seconds;
// what never changes under its name comes from here first. {{ version }}

const KEPT = "board-{{ version }}";
const SHELL = [{% for url in shell %}"{{ url|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const NETWORK_MS = 3000;
const home = new URL("./", self.location).pathname;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(moveIn());
});

// The last page outlives an update: until the network answers, it is all there is.
async function moveIn() {
  const cache = await caches.open(KEPT);
  for (const name of await caches.keys()) {
    if (!name.startsWith("board-") || name === KEPT) continue;
    const page = await (await caches.open(name)).match(home);
    if (page && !(await cache.match(home))) await cache.put(home, page);
    await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === home) event.respondWith(page(event.request));
  else if (/^\/(static|photos)\/|\/stripe\.css$/.test(url.pathname)) event.respondWith(asset(event.request));
});

async function page(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(NETWORK_MS) });
    if (answer.status >= 500) throw new Error("the server has no answer");
    if (answer.headers.get("X-Board")) await cache.put(home, answer.clone());
    else if (answer.ok) await cache.delete(home);
    return answer;
  } catch (lost) {
    const kept = await cache.match(home);
    if (!kept) throw lost;
    const headers = new Headers(kept.headers);
    headers.set("X-Kept", "1");
    return new Response(await kept.blob(), { headers });
  }
}

async function asset(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
