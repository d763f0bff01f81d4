// Step one: goods, kinds, and how much of a good.

import { catalogue } from "../catalogue.js";
import { button, el, icon, picture } from "../el.js";
import { ceilingWon, lineWon, mostOf, totals } from "../sums.js";
import { canBuy, isFull, lines, quantityOf } from "../visit.js";
import { named, t, weight, won } from "../words.js";
import { goodCard, goodsToShow, paged, price, titled, unitOf, whereIs } from "./parts.js";

const MOST_GOODS = 6;

export function goods({ go, turn }, { room, page, kind, stall }) {
  const chosen = lines();
  const { count } = totals(chosen);
  const all = goodsToShow((good) => (!kind || good.kind === kind) && (!stall || good.stall === stall));
  const ofKind = kind && catalogue.data.kinds.find(({ id }) => id === kind);
  const open = (good) => (good.sold_out ? null : go({ name: "amount", id: good.id, quantity: quantityOf(good.id) || 1 }));
  return {
    step: 1,
    title: ofKind ? named(ofKind) : stall ? catalogue.stall(stall).name : t("choose"),
    kind: "goods",
    room: MOST_GOODS,
    say: all.length ? ["choose"] : ["nothing_here"],
    main: count ? [t("to_basket", { count }), () => go({ name: "basket" }), "shopping-basket"] : null,
    content: [
      el(
        "div",
        { class: "tools" },
        button(t("kinds"), () => go({ name: "kinds", page: 0 }), { sign: "tag" }),
        button(t("find_stall"), () => go({ name: "stalls", page: 0, then: "map" }), { sign: "map-pin" }),
        button(t("by_word"), () => go({ name: "stalls", page: 0, then: "spoken" }), { sign: "message-square" }),
      ),
      all.length
        ? paged(all, { room, page, turn, draw: (good, place) => goodCard(good, open, place) })
        : el("p", { class: "lead" }, t("nothing_here")),
    ],
  };
}

export function kinds({ go, turn }, { room, page }) {
  const sold = goodsToShow();
  const all = catalogue.data.kinds.filter(({ id }) => sold.some((good) => good.kind === id));
  const draw = (kind, place) =>
    el(
      "button",
      { type: "button", class: "btn card", "data-digit": String(place + 1), onclick: () => go({ name: "goods", kind: kind.id, page: 0 }) },
      picture(sold.find((good) => good.kind === kind.id && good.image)?.image),
      el("span", { class: "card-words" }, el("span", { class: "card-name" }, named(kind))),
    );
  return { step: 1, title: t("which_kind"), kind: "kinds", room: MOST_GOODS, say: ["kinds"], content: paged(all, { room, page, turn, draw }) };
}

function stepper(good, quantity, change) {
  const most = mostOf(good);
  return el(
    "div",
    { class: "stepper" },
    button("", () => change(Math.max(1, quantity - 1)), { sign: "minus", off: quantity <= 1, label: t("one_less"), kind: "btn-less" }),
    el("output", { class: "huge", "aria-live": "polite" }, String(quantity)),
    button("", () => change(Math.min(most, quantity + 1)), { sign: "plus", off: quantity >= most, label: t("one_more"), kind: "btn-more" }),
  );
}

// A weighed good is chosen by the piece, at about a price, and never costs more than it says here.
function sum(good, quantity) {
  const amount = lineWon(good, quantity);
  if (good.price_grams === null) return el("p", { class: "sum" }, el("span", {}, t("in_all")), price(amount));
  return el(
    "div",
    { class: "sum-weighed" },
    el("p", { class: "sum" }, el("span", {}, t("about_weight", { weight: weight(good.unit_grams * quantity) })), price(amount, true)),
    el("p", { class: "soft" }, icon("scale"), el("span", {}, t("at_most", { won: won(ceilingWon(good, quantity)) }))),
  );
}

function asked(good, go) {
  return {
    step: 1,
    title: titled(good),
    kind: "amount",
    say: ["asks_price"],
    main: [t("by_word"), () => go({ name: "spoken", id: good.stall }), "message-square"],
    content: [picture(good.image), el("div", { class: "facts" }, el("span", { class: "price" }, t("asks_price")), el("p", { class: "lead" }, t("asks_why")))],
  };
}

export function amount({ go, change, add }, { id, quantity }) {
  const good = catalogue.good(id);
  if (!good) return { step: 1, title: t("gone"), kind: "gone", say: ["sold_out"], content: [] };
  if (good.asks_price) return asked(good, go);
  const stall = catalogue.stall(good.stall);
  const may = canBuy(good) && (quantityOf(id) > 0 || !isFull());
  const isWeighed = good.price_grams !== null;
  return {
    step: 1,
    title: named(good),
    kind: "amount",
    say: may ? [isWeighed ? "how_much" : "how_many"] : ["sold_out"],
    main: may ? [t("put_in"), () => add(good, Math.min(quantity, mostOf(good))), "shopping-basket"] : null,
    content: [
      picture(good.image),
      el(
        "div",
        { class: "facts" },
        el("p", { class: "soft" }, [unitOf(good), good.origin, stall.name, whereIs(stall)].filter(Boolean).join(" · ")),
        may ? stepper(good, Math.min(quantity, mostOf(good)), change) : el("p", { class: "lead" }, t("cannot_buy")),
        may && sum(good, Math.min(quantity, mostOf(good))),
      ),
    ],
  };
}
