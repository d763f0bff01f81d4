// The stall's pages as an app of the phone: its worker, its place among the apps, and that the phone throws nothing away.

import "./till_outbox.js";

const { worker } = document.getElementById("till-unsent").dataset;
const offer = document.querySelector("[data-install]");
let asking = null;

// Only over https, as browsers want it; without it everything works but opening with no network.
if (navigator.serviceWorker) {
  addEventListener("load", () => {
    const scope = new URL(".", new URL(worker, location.href)).pathname;
    navigator.serviceWorker.register(worker, { scope }).catch(() => undefined);
  });
  navigator.storage?.persist?.();
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  asking = event;
  if (offer) offer.hidden = false;
});

offer?.querySelector("button").addEventListener("click", async () => {
  await asking?.prompt();
  offer.hidden = true;
});

addEventListener("appinstalled", () => {
  if (offer) offer.hidden = true;
});
