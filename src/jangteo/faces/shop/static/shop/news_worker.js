// Shows a message of the market when it comes. A classic script, run by a worker that keeps nothing else.

self.addEventListener("push", (event) => event.waitUntil(tell(event.data.json())));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url, refuse } = event.notification.data;
  event.waitUntil(self.clients.openWindow(event.action === "refuse" ? refuse : url));
});

// One that comes twice replaces itself and keeps quiet.
async function tell({ title, body, url, refuse, key }) {
  const before = await self.registration.getNotifications({ tag: key });
  await self.registration.showNotification(title, {
    body,
    icon: self.WORDS.icon,
    tag: key,
    silent: before.length > 0,
    data: { url, refuse },
    actions: refuse ? [{ action: "refuse", title: self.WORDS.refuse }] : [],
  });
}
