// Wakes the stall's phone for a new order. Run by the face's worker, and a classic script like it.

const RINGS = self.KEPT.words;
const SHAKES = [500, 250, 500, 250, 500];

self.addEventListener("push", (event) => event.waitUntil(wake(event.data.json())));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(toTheStall());
});

// A message that comes twice, and one for a screen that somebody sees and that rings by itself, only stands there.
async function wake({ part, number, stall, key }) {
  const tag = `part-${part}`;
  const before = await self.registration.getNotifications({ tag });
  const seen = (await screens()).some((one) => one.visibilityState === "visible");
  const quiet = seen || before.some((one) => one.data.key === key);
  await self.registration.showNotification(RINGS.ring.replace("{number}", number), {
    body: RINGS.look.replace("{stall}", stall),
    icon: RINGS.icon,
    tag,
    data: { part, key },
    requireInteraction: true,
    renotify: !quiet,
    // Browsers refuse a message that is silent and shakes.
    ...(quiet ? { silent: true } : { vibrate: SHAKES }),
  });
}

// Every screen of the stall calls new orders out, so an open one stays where it is: a price may be half typed.
async function toTheStall() {
  const [open] = await screens();
  return open ? open.focus() : self.clients.openWindow(self.registration.scope);
}

async function screens() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.filter(({ url }) => url.startsWith(self.registration.scope));
}
