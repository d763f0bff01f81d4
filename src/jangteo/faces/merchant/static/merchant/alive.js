// Says every half minute that the stall's screens are open on this phone, so that nobody waits for a phone that is off.

const EVERY_MS = 30_000;

function sayAlive() {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token || !navigator.onLine) return;
  // Lost on the way it does not matter: the next one comes soon.
  fetch("/stall/alive/", { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
}

setInterval(sayAlive, EVERY_MS);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") sayAlive();
});
sayAlive();
