// News on a customer's phone. It is asked for by a tap only. Browser and market must agree about it: a phone that
// somebody else used before takes nothing until it is asked anew.

const row = document.querySelector("[data-news]");
const able = navigator.serviceWorker && "PushManager" in globalThis && "Notification" in globalThis;
const BUTTONS = { off: ["on"], on: ["off"], denied: [], failed: ["on"] };
let registration;

function show(state) {
  for (const words of row.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== state;
  for (const button of row.querySelectorAll("[data-do]")) button.hidden = !BUTTONS[state].includes(button.dataset.do);
  row.hidden = false;
}

function written(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function agreed(subscription) {
  if (written(subscription.options.applicationServerKey) !== row.dataset.news) return false;
  const answer = await fetch(`${row.dataset.url}?${new URLSearchParams({ endpoint: subscription.toJSON().endpoint })}`);
  return answer.ok && (await answer.json()).known;
}

async function look() {
  if (Notification.permission === "denied") return show("denied");
  const subscription = await registration.pushManager.getSubscription();
  if (subscription && (await agreed(subscription))) return show("on");
  await subscription?.unsubscribe();
  return show("off");
}

async function subscribe() {
  const made = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: row.dataset.news,
  });
  const { endpoint, keys } = made.toJSON();
  const headers = { "X-CSRFToken": row.querySelector("[name=csrfmiddlewaretoken]").value };
  const body = new URLSearchParams({ endpoint, ...keys });
  const answer = await fetch(row.dataset.url, { method: "POST", headers, body });
  if (answer.ok) return;
  await made.unsubscribe();
  throw new Error(`${answer.status}`);
}

async function turnOn() {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return show(permission === "denied" ? "denied" : "off");
  return subscribe().then(
    () => show("on"),
    () => show("failed"),
  );
}

// A worker below this page's own address needs no say over the rest of the shop. `ready` waits for one over this page.
async function begin() {
  registration = await navigator.serviceWorker.register(row.dataset.worker);
  await navigator.serviceWorker.ready;
  row.querySelector("[data-do=on]").addEventListener("click", turnOn);
  await look();
}

if (row && able) begin().catch(() => show("failed"));
