// The telephone desk by keyboard alone. Every press posts the whole call and shows what comes back; without this file
// the same buttons do the same, one page at a time. The call is kept in this tab until it is placed, so that a page
// that is loaded again by mistake loses nothing.

const box = document.getElementById("call");
const KEPT = "jangteo.call";
let busy = false;
let waiting = null;
let asked = 0;

const form = () => box.querySelector("form");
const field = (id) => document.getElementById(id);
const offers = () => [...box.querySelectorAll("#found button")];
const picked = () => box.querySelector("#found .is-picked");

function pick(button) {
  picked()?.classList.remove("is-picked");
  button?.classList.add("is-picked");
  button?.scrollIntoView({ block: "nearest" });
}

function said(words) {
  box.querySelector(".call-notes").textContent = words;
}

function keep() {
  const data = new URLSearchParams(new FormData(form()));
  data.delete("csrfmiddlewaretoken");
  sessionStorage.setItem(KEPT, data);
}

async function ask(data, part) {
  const answer = await fetch(form().action, { method: "POST", body: data, headers: { "X-Fragment": part } });
  if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
  return answer;
}

// What was typed or chosen since this was sent. Of a search that has been answered, only what came after it.
function typedSince(sent) {
  const found = [];
  for (const { name, value, checked, type } of form().elements) {
    if (!name || type === "hidden" || type === "submit") continue;
    const was = sent.getAll(name);
    if (type === "radio" || type === "checkbox") {
      if (checked !== was.includes(value)) found.push({ name, value, checked });
    } else if (value !== (was[0] ?? "")) {
      found.push({ name, value: name === "q" && value.startsWith(was[0]) ? value.slice(was[0].length) : value });
    }
  }
  return found;
}

function put({ name, value, checked }) {
  for (const one of form().querySelectorAll(`[name="${name}"]`)) {
    if (checked === undefined) one.value = value;
    else if (one.value === value) one.checked = checked;
  }
}

// What is pressed while an answer is awaited comes after it: the last of it, on the call as it stands then.
async function press(value, next) {
  if (busy) {
    waiting = [value, next];
    return;
  }
  busy = true;
  const data = new URLSearchParams(new FormData(form()));
  data.set("do", value);
  try {
    const answer = await ask(data, "call");
    const to = answer.headers.get("X-Go");
    if (to) {
      sessionStorage.removeItem(KEPT);
      waiting = null;
      location.assign(to);
      return;
    }
    asked += 1;
    show(await answer.text(), data, value === "enter" ? "name" : next);
  } catch {
    said(box.dataset.lost);
  } finally {
    busy = false;
    const then = waiting;
    waiting = null;
    if (then) press(...then);
  }
}

// Whoever types on while the answer comes stays where they are, with what they typed.
function show(text, sent, next) {
  const typed = typedSince(sent);
  const at = typed.length ? document.activeElement?.id : "";
  box.innerHTML = text;
  typed.forEach(put);
  keep();
  pick(offers()[0]);
  const named = next === "name" && field("name").value ? "q" : next;
  ((at && field(at)) || (field(named) ?? field(next === "wave" ? "where" : "q"))).focus();
}

async function find() {
  const mine = (asked += 1);
  const data = new URLSearchParams(new FormData(form()));
  data.set("do", "find");
  try {
    const text = await (await ask(data, "found")).text();
    if (mine !== asked) return;
    field("found").innerHTML = text;
    pick(offers()[0]);
  } catch {
    said(box.dataset.lost);
  }
}

const lastGood = () => [...box.querySelectorAll("[data-good]")].at(-1)?.dataset.good;

// What a key does, by how it is written on the screen. Each says whether it did anything.
const KEYS = {
  F2: () => box.querySelector("[data-key=F2]")?.click() ?? true,
  F4: () => field("q").focus(),
  F8: () => box.querySelector("[data-key=F8]")?.click() ?? true,
  F9: () => field("agreed")?.click() ?? true,
  "Ctrl+Enter": () => press("place", "q"),
  "Alt+ArrowUp": () => lastGood() && press(`more:${lastGood()}`, "q"),
  "Alt+ArrowDown": () => lastGood() && press(`fewer:${lastGood()}`, "q"),
  "Alt+Backspace": () => lastGood() && press(`drop:${lastGood()}`, "q"),
};

function inSearch(event) {
  const list = offers();
  const at = list.indexOf(picked());
  if (event.key === "ArrowDown") pick(list[Math.min(at + 1, list.length - 1)]);
  else if (event.key === "ArrowUp") pick(list[Math.max(at - 1, 0)]);
  else if (event.key === "Enter" && picked()) press(picked().value, "q");
  else if (event.key === "Enter" && field("q").value) find();
  else return event.key === "Enter";
  return true;
}

function typed(event) {
  if (event.isComposing) return;
  const name = `${event.ctrlKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.key}`;
  let done = false;
  if (KEYS[name]) {
    KEYS[name]();
    done = true;
  } else if (event.target.id === "q") done = inSearch(event);
  else if (event.key === "Enter" && event.target.id === "where") {
    press("read", "wave");
    done = true;
  } else if (event.key === "Enter" && event.target.id === "name") {
    field("q").focus();
    done = true;
  }
  if (done) event.preventDefault();
}

function begin() {
  let waits = 0;
  addEventListener("keydown", typed);
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = event.submitter?.value ?? "enter";
    press(value, "q");
  });
  box.addEventListener("input", (event) => {
    keep();
    if (event.target.id !== "q") return;
    clearTimeout(waits);
    waits = setTimeout(find, 120);
  });
  box.addEventListener("change", (event) => {
    if (event.target.matches("[data-redo]")) press("read", event.target.id || "agreed");
  });
  const kept = sessionStorage.getItem(KEPT);
  if (kept && !box.querySelector("[name=basket]").value) {
    const data = new URLSearchParams(kept);
    for (const [name, value] of data) {
      const one = form().elements[name];
      if (one && one.type !== "checkbox" && name !== "csrfmiddlewaretoken") one.value = value;
    }
    press("read", data.get("looked") ? "q" : "number");
  }
}

if (box) begin();
