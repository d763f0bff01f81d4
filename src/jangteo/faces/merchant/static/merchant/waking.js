// A phone that rings with its screen off. It is asked from a tap only, and by nobody who has said "later" before.
// Browser and stall must agree about it: a phone that was another stall's yesterday keeps quiet until it is asked anew.

const row = document.querySelector("[data-waking]");
const LATER = "waking-later";
// Which buttons a state has. With a phone that says no nothing can be done from here.
const BUTTONS = { off: ["on", "later"], on: ["off"], denied: [], failed: ["on"] };
const able = navigator.serviceWorker && "PushManager" in globalThis && "Notification" in globalThis;
let registration;

function show(state) {
  for (const words of row.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== state;
  for (const button of row.querySelectorAll("[data-do]")) {
    const later = button.dataset.do === "later" && !("calm" in row.dataset);
    button.hidden = later || !BUTTONS[state].includes(button.dataset.do);
  }
  row.hidden = false;
}

// On today's screen only who has not been asked is bothered; all the rest stands on the page of other things.
function showAtFirst(state) {
  const bothers = state === "off" && !localStorage.getItem(LATER);
  if (bothers || !("calm" in row.dataset)) show(state);
}

function written(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function send(address, fields) {
  const token = row.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams(fields);
  const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body });
  if (!answer.ok) throw new Error(`${answer.status}`);
}

// The page itself may be an old one off the phone, so the stall is asked; without a network all stays as it is.
async function agreed(subscription) {
  if (written(subscription.options.applicationServerKey) !== row.dataset.waking) return false;
  const answer = await fetch(row.dataset.url).catch(() => null);
  return !answer?.ok || (await answer.json()).endpoint === subscription.endpoint;
}

async function look() {
  const subscription = await registration.pushManager.getSubscription();
  if (Notification.permission === "denied") return showAtFirst("denied");
  if (subscription && (await agreed(subscription))) return showAtFirst("on");
  await subscription?.unsubscribe();
  return showAtFirst("off");
}

async function subscribe() {
  const options = { userVisibleOnly: true, applicationServerKey: row.dataset.waking };
  const made = await registration.pushManager.subscribe(options);
  try {
    const { endpoint, keys } = made.toJSON();
    await send(row.dataset.url, { endpoint, ...keys });
  } catch (lost) {
    await made.unsubscribe();
    throw lost;
  }
}

async function turnOn() {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return show(permission === "denied" ? "denied" : "off");
  return subscribe().then(
    () => show("on"),
    () => show("failed"),
  );
}

// Its address dies in the browser, so it is over even if the stall hears of it only when it next sends there.
async function turnOff() {
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  await send(row.dataset.off, {}).catch(() => null);
  show("off");
}

function later() {
  localStorage.setItem(LATER, "yes");
  row.hidden = true;
}

// What was answered, here or on another phone, needs not stand among the phone's messages any more.
async function clear() {
  const waiting = [...document.querySelectorAll("[data-call]")].map((call) => call.dataset.call);
  for (const shown of await registration.getNotifications()) {
    if (!waiting.includes(`${shown.data?.part}`)) shown.close();
  }
}

async function begin() {
  registration = await navigator.serviceWorker.ready;
  const deeds = { on: turnOn, off: turnOff, later };
  row.addEventListener("click", ({ target }) => deeds[target.closest("[data-do]")?.dataset.do]?.());
  new MutationObserver(clear).observe(document.querySelector(".alerts"), { childList: true, subtree: true });
  await clear();
  await look();
}

if (row && able) begin();
