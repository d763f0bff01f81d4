// What several screens are made of: price cards, goods, pages of cards, stalls and where they stand.

import { catalogue } from "../catalogue.js";
import { el, picture } from "../el.js";
import { lineWon } from "../sums.js";
import { isOpen } from "../visit.js";
import { named, t, won, spoken } from "../words.js";
import { pager } from "./pager.js";

export function price(amount, isAbout = false) {
  return el("span", { class: "price" }, isAbout ? t("about", { won: won(amount) }) : won(amount));
}

export function priceOf(good) {
  if (good.asks_price) return el("span", { class: "price" }, t("asks_price"));
  return price(lineWon(good, 1), good.price_grams !== null);
}

export function unitOf(good) {
  return spoken() === "en" ? "" : (good.unit ?? "");
}

export function titled(good) {
  return `${named(good)} ${unitOf(good)}`.trim();
}

export function goodCard(good, press, place) {
  const state = good.sold_out ? t("sold_out") : null;
  return el(
    "button",
    { type: "button", class: "btn card", "data-digit": String(place + 1), "aria-disabled": state ? "true" : null, onclick: () => press(good) },
    picture(good.image),
    el("span", { class: "card-words" }, el("span", { class: "card-name" }, named(good))),
    el(
      "span",
      { class: "card-foot" },
      state ? el("span", { class: "price price-out" }, state) : priceOf(good),
      unitOf(good) && el("span", { class: "card-more" }, unitOf(good)),
    ),
  );
}

export function stallCard(stall, press, place) {
  const first = catalogue.data.goods.find((good) => good.stall === stall.id && good.image);
  const state = stall.open ? null : t("stall_closed");
  return el(
    "button",
    { type: "button", class: "btn card card-stall", "data-digit": String(place + 1), onclick: () => press(stall) },
    picture(first?.image),
    el("span", { class: "card-words" }, el("span", { class: "card-name" }, stall.name), el("span", { class: "card-more" }, state ?? whereIs(stall))),
  );
}

// The street, the side and which one from the gate.
export function whereIs(stall) {
  for (const street of catalogue.data.map)
    for (const side of ["left", "right"]) {
      const place = street[side].indexOf(stall.id);
      if (place >= 0) return t(`where_${side}`, { street: named(street), place: place + 1 });
    }
  return "";
}

// `room` is how many of a screen's things have a place; for a trial the ones with the longest words are shown, to see
// whether even they fit. `tools` stand in the row below, beside what turns the pages.
export function paged(all, { room, isTrial, page, turn, draw, kind = "", tools = [] }) {
  const pages = Math.max(1, Math.ceil(all.length / room));
  const now = Math.min(page, pages - 1);
  const shown = isTrial ? longest(all, room) : all.slice(now * room, (now + 1) * room);
  const cards = el("div", { class: `cards ${kind}`.trim(), "data-count": String(Math.min(room, all.length)) }, shown.map(draw));
  if (pages === 1 && !tools.length) return [cards];
  return [cards, el("div", { class: "under" }, pages > 1 && pager(now, pages, turn), ...tools)];
}

function longest(all, room) {
  const by = (length) => [...all].sort((one, other) => length(other) - length(one));
  const [dearest] = by((thing) => (thing.price_won ? lineWon(thing, 1) * (thing.price_grams ? 100 : 1) : 0));
  const [first, ...others] = by((thing) => named(thing).length + titled(thing).length / 100);
  return [...new Set([first, dearest, ...others])].slice(0, room);
}

// The most liked first; what is sold out comes last, what lies in a closed stall not at all.
export function goodsToShow(of = () => true) {
  const shown = catalogue.data.goods.filter((good) => isOpen(good) && of(good));
  return [...shown.filter((good) => !good.sold_out), ...shown.filter((good) => good.sold_out)];
}
