// The screen that waits and invites, the question before everything is wiped, and the millimetres of this glass.

import { catalogue } from "../catalogue.js";
import { button, el, icon, picture } from "../el.js";
import { lineWon } from "../sums.js";
import { visit } from "../visit.js";
import { named, spoken, t, won } from "../words.js";
import { goodsToShow } from "./parts.js";

const POSTERS = 6;
const LINES = 2;
const isSmall = () => document.body.classList.contains("small-glass");

function poster(good) {
  const words = good.asks_price ? t("asks_price") : won(lineWon(good, 1));
  return el("div", { class: "poster" }, picture(good.image), el("span", { class: "poster-name" }, named(good)), el("span", { class: "price" }, words));
}

function longestFirst(goods, isTrial) {
  return isTrial ? goods.sort((one, other) => named(other).length - named(one).length) : goods;
}

// What goes on in the market; what was kept over a day without a network may be over. Large letters leave no place for it.
function lines(isLarge) {
  const now = Date.now();
  const on = isLarge ? [] : (catalogue.data.news ?? []).filter(({ ends_at: end }) => new Date(end) > now);
  return on.length ? el("ul", { class: "lines" }, on.slice(0, isSmall() ? 1 : LINES).map((one) => el("li", { class: "line" }, named(one)))) : null;
}

export function idle({ go, look, sound, language, practise }, { room, isTrial }) {
  const posters = longestFirst(goodsToShow((good) => good.image && !good.sold_out).slice(0, POSTERS), isTrial).slice(0, room - 1);
  const { large, contrast, low } = visit.look;
  const told = lines(large);
  // A small glass has no place for both.
  const shown = told && isSmall() ? [] : posters;
  return {
    title: t("welcome", { market: catalogue.data.market.name }),
    kind: "idle",
    isHigh: true,
    room: POSTERS + 1,
    list: catalogue.data.version,
    say: ["welcome"],
    main: [t("touch"), () => go({ name: "goods", page: 0 })],
    // A touch beside the buttons means the same as the big one.
    anywhere: () => go({ name: "goods", page: 0 }),
    content: [shown.length ? el("div", { class: "posters", "aria-hidden": "true", "data-count": String(shown.length) }, shown.map(poster)) : null, told],
    after: [
      el(
        "div",
        { class: "looks" },
        button(t("find_stall"), () => go({ name: "stalls", page: 0, then: "map" }), { sign: "map-pin" }),
        button(t("practise"), practise, { sign: "heart" }),
        // With large letters there is no place for what the bar below offers as well.
        large ? null : button(t("sound_on"), () => sound(!visit.sound.on), { sign: visit.sound.on ? "volume-2" : "volume-x", pressed: visit.sound.on }),
        // A small glass is not taller than anybody's reach.
        isSmall() ? null : button(t("low"), () => look("low"), { sign: "monitor", pressed: low }),
        button(t("large"), () => look("large"), { sign: "a-large-small", pressed: large }),
        button(t("contrast"), () => look("contrast"), { sign: "contrast", pressed: contrast }),
        button(t("other_language"), () => language(spoken() === "ko" ? "en" : "ko"), { sign: "languages" }),
        ...(document.body.dataset.mm || large ? [] : [button(t("measure"), () => go({ name: "measure" }), { sign: "settings" })]),
      ),
    ],
  };
}

export function still({ stay, end }, { seconds }) {
  return {
    title: t("still_there"),
    kind: "still",
    isHigh: true,
    art: [icon("clock")],
    say: ["idle"],
    main: [t("go_on"), stay, "check"],
    content: [el("p", { class: "lead" }, t("still_why")), el("p", { class: "huge", id: "seconds", role: "timer" }, String(seconds))],
    after: [button(t("end_now"), end, { sign: "x" })],
  };
}

const CARD_MM = 85.6;
const STEP = 0.5;

export function measure({ size, keepSize }, { mm }) {
  return {
    title: t("measure"),
    kind: "measure",
    isHigh: true,
    art: [icon("credit-card")],
    main: [t("measure_fits"), keepSize, "check"],
    content: [
      el("p", { class: "lead" }, t("measure_how")),
      el("div", { class: "bank-card", role: "img", "aria-label": t("measure_card") }, icon("credit-card")),
      el("p", { class: "soft num" }, t("measure_now", { width: Math.round(CARD_MM * mm) })),
      el(
        "div",
        { class: "pair" },
        button(t("smaller"), () => size(-STEP / CARD_MM), { sign: "minus" }),
        button(t("bigger"), () => size(STEP / CARD_MM), { sign: "plus" }),
        button(t("much_smaller"), () => size((-20 * STEP) / CARD_MM), { sign: "minus" }),
        button(t("much_bigger"), () => size((20 * STEP) / CARD_MM), { sign: "plus" }),
      ),
    ],
  };
}
