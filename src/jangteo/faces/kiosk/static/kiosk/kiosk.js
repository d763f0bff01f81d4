// The kiosk: one page that goes from screen to screen by itself and needs the server only to say what was ordered.

import { newKey } from "../js/outbox.js";
import { start } from "../js/heartbeat.js";
import { catalogue, open, refresh } from "./catalogue.js";
import { drawBar, show } from "./frame.js";
import { nextTicket } from "./keep.js";
import { listen } from "./keys.js";
import { apply, measured, shape } from "./millimetres.js";
import * as around from "./screens/around.js";
import * as choose from "./screens/choose.js";
import * as waitingScreens from "./screens/idle.js";
import * as pay from "./screens/pay.js";
import { send, unsent } from "./sending.js";
import { lineWon, totals } from "./sums.js";
import { here, lines, put, recall, remember, takeOut, visit, wipe } from "./visit.js";
import { touched, watch } from "./waiting.js";
import { openVoice } from "./voice.js";
import { hours, named, speak, t } from "./words.js";

const { body } = document;
const { helpUrl, settingUrl, seenToken, workerUrl, voiceUrl } = body.dataset;
const SCREENS = { ...waitingScreens, ...choose, ...pay, ...around };
const LONGEST_PHONE = 11;
const voice = openVoice(voiceUrl);
// While somebody measures it: what they have come to so far.
let tried = null;
let asking = null;
let isSending = false;
// What the last screen said, the one about the sound apart: that is what somebody wants to hear again.
let sentence = [];

function facts() {
  const asOf = catalogue.isAway && catalogue.asOf ? hours(catalogue.asOf) : null;
  return { market: catalogue.data.market.name, asOf, isPractice: visit.isPractice };
}

// What is on the glass now; `isNew` when somebody came to it, and it is said and read from its beginning.
function render(isNew = false) {
  const { large, contrast, low } = visit.look;
  document.documentElement.dataset.contrast = contrast ? "high" : "normal";
  const mm = tried ?? measured();
  const isSmall = apply(mm, large);
  body.className = `${shape()}${large ? " large" : ""}${low ? " low" : ""}${isSmall ? " small-glass" : ""}`;
  speak(visit.language);
  const place = asking ? { name: "still", ...asking } : here();
  const focused = document.activeElement?.dataset?.digit ?? document.activeElement?.textContent;
  const screen = show((room) => SCREENS[place.name](doings, { mm, ...place, ...room }), facts(), { part: place.part, turn: doings.share });
  drawBar(doings, { isFirst: visit.trail.length < 2 || Boolean(asking), isOn: visit.sound.on, isPractice: visit.isPractice });
  document.title = `${screen.title} · ${catalogue.data.market.name}`;
  document.getElementById("main").onclick = screen.anywhere ? ({ target }) => target.closest("button") || screen.anywhere() : null;
  if (isNew) {
    document.querySelector("h1").focus({ preventScroll: true });
    if (place.name !== "sound") sentence = screen.say;
    say(screen.say);
  } else refocus(focused);
}

function refocus(words) {
  const same = [...document.querySelectorAll("button")].find((one) => (one.dataset.digit ?? one.textContent) === words);
  (same ?? document.querySelector("h1")).focus({ preventScroll: true });
}

function say([key, values] = []) {
  Object.assign(voice, { on: visit.sound.on, volume: visit.sound.volume, speed: visit.sound.speed, language: visit.language });
  if (key) voice.say(key, values ?? {});
}

// Somebody did something: news of prices alone never put off the question whether anybody is there.
function renewed() {
  render(true);
  remember();
  touched();
}

function post(url, value, headers = {}) {
  return fetch(url, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": seenToken, "Accept-Language": visit.language, ...headers }, body: JSON.stringify(value) });
}

function end() {
  asking = null;
  tried = null;
  wipe();
  voice.stop();
  renewed();
}

async function order(tender) {
  if (isSending) return;
  isSending = true;
  const chosen = lines();
  const { won, most } = totals(chosen);
  const phone = visit.phone;
  doings.go({ name: "sending" });
  const answer = visit.isPractice
    ? { state: "sent", ticket: t("practice_ticket") }
    : await send(chosen, { tender, phone, language: visit.language }).catch(() => ({ state: "refused", sentence: t("cannot_keep") }));
  isSending = false;
  visit.trail.pop();
  if (answer.state === "refused") {
    await refresh();
    doings.go({ name: "refused", answer });
    return;
  }
  const stalls = [...new Set(chosen.map(({ good }) => good.stall))];
  Object.assign(visit, { basket: [], phone: "", trail: [{ name: "idle" }] });
  doings.go({ name: "ticket", answer, stalls, sum: won, isAbout: most !== null, isKnown: phone !== "" });
}

async function help() {
  if (here().name !== "help") doings.go({ name: "help", told: null });
  const place = here();
  if (visit.isPractice) {
    place.told = { say: t("practice_help"), isPractice: true };
    renewed();
    return;
  }
  visit.helped ||= newKey();
  try {
    const answer = await post(helpUrl, {}, { "Idempotency-Key": visit.helped });
    place.told = answer.ok ? await answer.json() : { isAway: true };
  } catch {
    place.told = { isAway: true };
  }
  if (here() === place) renewed();
}

const doings = {
  go(place) {
    if (place.name === "spoken" && !place.number) {
      const number = visit.isPractice ? Promise.resolve(t("practice_ticket")) : nextTicket();
      number.then((given) => doings.go({ ...place, number: given }));
      return;
    }
    visit.trail.push(place);
    renewed();
  },
  back() {
    if (asking) doings.stay();
    else if (visit.trail.length > 1 && !isSending) {
      visit.trail.pop();
      if (visit.trail.length === 1 && (visit.basket.length || visit.sound.on)) visit.trail.push({ name: "goods", page: 0 });
      renewed();
    }
  },
  // Back to the goods with what was chosen; where nothing was, to the screen that waits, or to the beginning of practice.
  home() {
    asking = null;
    if (isSending) return undefined;
    const isFurther = visit.basket.length > 0 && here().name !== "goods";
    if (visit.isPractice && !isFurther) return doings.practise();
    visit.trail = [{ name: "idle" }, ...(isFurther ? [{ name: "goods", page: 0 }] : [])];
    return renewed();
  },
  turn(page) {
    here().page = Math.max(0, page);
    voice.say(page > 0 ? "next_page" : "previous_page");
    render();
  },
  share(part) {
    (asking ?? here()).part = part;
    render();
  },
  change(quantity) {
    here().quantity = quantity;
    render();
    say(["this_many", { count: quantity, won: lineWon(catalogue.good(here().id), quantity) }]);
  },
  add(good, quantity) {
    put(good.id, quantity);
    visit.trail = [{ name: "idle" }, { name: "goods", page: 0 }, { name: "basket" }];
    renewed();
  },
  takeOut(id) {
    const back = takeOut(id);
    here().undo = { name: named(catalogue.good(id)) };
    doings.putBack = () => {
      back();
      delete here().undo;
      renewed();
    };
    render();
    voice.say("taken_out");
  },
  order,
  help,
  end,
  practise() {
    asking = null;
    const { look, language, sound } = visit;
    wipe();
    Object.assign(visit, { look, language, sound, isPractice: true });
    doings.go({ name: "goods", page: 0 });
  },
  type(digit) {
    visit.phone = digit === "<" ? visit.phone.slice(0, -1) : (visit.phone + digit).slice(0, LONGEST_PHONE);
    render();
  },
  look(name) {
    visit.look[name] = !visit.look[name];
    render();
    say([visit.look[name] ? name : "usual"]);
  },
  language(chosen) {
    visit.language = chosen;
    render();
    say(["language"]);
  },
  sound(isOn) {
    if (typeof isOn !== "boolean") {
      if (here().name !== "sound") {
        visit.sound.on = true;
        doings.go({ name: "sound" });
      }
      return;
    }
    visit.sound.on = isOn;
    render();
    say(isOn ? ["sound_on"] : []);
  },
  hear(changed) {
    Object.assign(visit.sound, changed);
    render();
    if (changed.volume) say(["louder"]);
    else if (changed.speed) say(["faster"]);
    else say(sentence);
  },
  stay() {
    asking = null;
    renewed();
    voice.say("gone_on");
  },
  print: () => window.print(),
  size(change) {
    tried = Math.max(0.5, (tried ?? measured()) * (1 + change));
    render();
  },
  async keepSize() {
    const mm = tried ?? measured();
    tried = null;
    body.dataset.mm = mm.toFixed(2);
    await post(settingUrl, { mm: Math.round(mm * 100) }).catch(() => undefined);
    end();
  },
  measure() {
    if (here().name === "idle") doings.go({ name: "measure" });
  },
  erase: () => here().name === "phone" && visit.phone !== "" && (doings.type("<"), true),
};

const waiting = {
  isBusy: () => here().name !== "idle" || visit.isPractice || Object.values(visit.look).some(Boolean) || visit.sound.on || visit.language !== "ko",
  isAsking: () => asking !== null,
  ask(seconds) {
    if (isSending) {
      touched();
      return;
    }
    asking = { seconds };
    render(true);
  },
  tick(seconds) {
    asking.seconds = seconds;
    const shown = document.getElementById("seconds");
    if (shown) shown.textContent = seconds;
  },
  end,
};

async function keepFiles() {
  await navigator.serviceWorker.register(workerUrl);
  await navigator.serviceWorker.ready;
  body.dataset.kept = "yes";
  navigator.storage?.persist?.();
}

async function begin() {
  await recall();
  try {
    await open();
  } finally {
    if (!catalogue.data) setTimeout(() => location.reload(), 10_000);
  }
  if (!catalogue.data) return;
  // A ticket that was on the glass when the power went is shown again; an order on its way is in the outbox.
  if (here().name === "sending") visit.trail = [{ name: "idle" }];
  catalogue.addEventListener("changed", () => isSending || render());
  addEventListener("resize", () => render());
  listen(doings);
  watch(waiting);
  renewed();
  start(() => !waiting.isBusy() && !isSending, unsent);
  requestAnimationFrame(() => setTimeout(() => voice.fetch()));
  if ("serviceWorker" in navigator) keepFiles();
  body.dataset.ready = "yes";
}

begin();
