// What several screens are made of: price cards, goods, pages of cards, stalls and where they stand.

import { catalogue } from "../catalogue.js";
import { button, el, picture } from "../el.js";
import { lineWon } from "../sums.js";
import { isOpen } from "../visit.js";
import { named, t, won, spoken } from "../words.js";

export function price(amount, isAbout = false) {
  return el("span", { class: "price" }, isAbout ? t("about", { won: won(amount) }) : won(amount));
}

export function priceOf(good) {
  if (good.asks_price) return el("span", { class: "price" }, t("asks_price"));
  return price(lineWon(good, 1), good.price_grams !== null);
}

export function unitOf(good) {
  return spoken() === "en" ? "" : good.unit;
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

// `room` is how many of a screen's things have a place; the frame lowers it until nothing is cut off.
export function paged(all, { room, page, turn, draw, kind = "" }) {
  const pages = Math.max(1, Math.ceil(all.length / room));
  const now = Math.min(page, pages - 1);
  const shown = all.slice(now * room, (now + 1) * room);
  const cards = el("div", { class: `cards ${kind}`.trim(), "data-count": String(Math.min(room, all.length)) }, shown.map(draw));
  if (pages === 1) return [cards];
  return [
    cards,
    el(
      "div",
      { class: "pager" },
      button(t("page_before"), () => turn(now - 1), { sign: "chevron-left", off: now === 0 }),
      el("span", { class: "pages" }, `${now + 1} / ${pages}`),
      button(t("page_after"), () => turn(now + 1), { sign: "chevron-right", kind: "btn-after", off: now === pages - 1 }),
    ),
  ];
}

// The most liked first; what is sold out comes last, what lies in a closed stall not at all.
export function goodsToShow(of = () => true) {
  const shown = catalogue.data.goods.filter((good) => isOpen(good) && of(good));
  return [...shown.filter((good) => !good.sold_out), ...shown.filter((good) => good.sold_out)];
}
