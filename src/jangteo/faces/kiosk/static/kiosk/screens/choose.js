// Step one: goods, kinds, and how much of a good.

import { catalogue } from "../catalogue.js";
import { button, el, icon, picture } from "../el.js";
import { ceilingWon, lineWon, mostOf, totals } from "../sums.js";
import { canBuy, isFull, lines, quantityOf, visit } from "../visit.js";
import { named, t, weight, won } from "../words.js";
import { goodCard, goodsToShow, paged, price, titled, unitOf, whereIs } from "./parts.js";

const MOST_GOODS = 6;
// Drawings in a row over the heading.
const ART = 3;

// What people look for most stands on the first pages; everything else is found by its kind or its stall.
const MOST_LIKED = 18;

function waysToFind({ go }) {
  return [
    button(t("by_kind"), () => go({ name: "kinds", page: 0 }), { sign: "tag" }),
    button(t("find_stall"), () => go({ name: "stalls", page: 0, then: "map" }), { sign: "map-pin" }),
    button(t("by_word"), () => go({ name: "stalls", page: 0, then: "spoken" }), { sign: "message-square" }),
  ];
}

function isSmallAndTall() {
  return document.body.classList.contains("small-glass") && document.body.classList.contains("tall");
}

// With large letters the three ways have no place beside goods: one button leads to them.
function tools(doings) {
  if (visit.look.large) return [button(t("look_for"), () => doings.go({ name: "ways" }))];
  const [byKind, , byWord] = waysToFind(doings);
  return isSmallAndTall() ? [byKind] : [byKind, byWord];
}

export function ways(doings) {
  const chosen = [icon("tag"), icon("map-pin"), icon("message-square")];
  return { step: 1, title: t("which_way"), kind: "ways", say: ["kinds"], art: chosen, content: waysToFind(doings) };
}

function wanted(kind, stall) {
  const all = goodsToShow((good) => (!kind || good.kind === kind) && (!stall || good.stall === stall));
  return kind || stall ? all : all.slice(0, MOST_LIKED);
}

export function goods(doings, { room, isTrial, page, kind, stall }) {
  const { go, turn } = doings;
  const { count } = totals(lines());
  const all = wanted(kind, stall);
  const ofKind = kind && catalogue.data.kinds.find(({ id }) => id === kind);
  const open = (good) => (good.sold_out ? null : go({ name: "amount", id: good.id, quantity: quantityOf(good.id) || 1 }));
  const draw = (good, place) => goodCard(good, open, place);
  return {
    step: 1,
    title: ofKind ? named(ofKind) : stall ? catalogue.stall(stall).name : t("choose"),
    kind: "goods",
    room: all.length && MOST_GOODS,
    list: `${catalogue.data.version} ${kind} ${stall}`,
    say: all.length ? ["choose"] : ["nothing_here"],
    main: count ? [t(visit.look.large ? "to_basket_short" : "to_basket", { count }), () => go({ name: "basket" }), "shopping-basket"] : null,
    art: all.filter(({ image }) => image).slice(0, ART).map(({ image }) => picture(image)),
    content: all.length
      ? paged(all, { room, isTrial, page, turn, draw, tools: tools(doings) })
      : [el("p", { class: "lead" }, t("nothing_here")), ...tools(doings)],
  };
}

export function kinds(doings, { room, isTrial, page }) {
  const { go, turn } = doings;
  const sold = goodsToShow();
  const all = [{ name: t("most_liked") }, ...catalogue.data.kinds.filter(({ id }) => sold.some((good) => good.kind === id))];
  const shown = ({ id }) => sold.find((good) => (!id || good.kind === id) && good.image)?.image;
  const draw = (kind, place) =>
    el(
      "button",
      { type: "button", class: "btn card card-kind", "data-digit": String(place + 1), onclick: () => go({ name: "goods", kind: kind.id, page: 0 }) },
      picture(shown(kind)),
      el("span", { class: "card-name" }, named(kind)),
    );
  const further = visit.look.large ? [] : waysToFind(doings).slice(1);
  return {
    step: 1,
    title: t("which_kind"),
    kind: "kinds",
    room: MOST_GOODS,
    list: catalogue.data.version,
    say: ["kinds"],
    art: all.slice(1, 1 + ART).map((kind) => picture(shown(kind))),
    content: paged(all, { room, isTrial, page, turn, draw, tools: further }),
  };
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
  if (good.price_grams === null) return [el("p", { class: "sum" }, el("span", {}, t("in_all")), price(amount))];
  return [
    el("p", { class: "sum" }, el("span", {}, t("about_weight", { weight: weight(good.unit_grams * quantity) })), price(amount, true)),
    el("p", { class: "soft" }, icon("scale"), el("span", {}, t("at_most", { won: won(ceilingWon(good, quantity)) }))),
  ];
}

function asked(good, go) {
  return {
    step: 1,
    title: titled(good),
    kind: "amount",
    say: ["asks_price"],
    main: [t("by_word"), () => go({ name: "spoken", id: good.stall }), "message-square"],
    art: [picture(good.image)],
    content: [el("span", { class: "price" }, t("asks_price")), el("p", { class: "lead" }, t("asks_why"))],
  };
}

export function amount({ go, change, add }, { id, quantity, isLoose }) {
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
    art: [picture(good.image)],
    content: [
      may ? stepper(good, Math.min(quantity, mostOf(good)), change) : el("p", { class: "lead" }, t("cannot_buy")),
      ...(may ? sum(good, Math.min(quantity, mostOf(good))) : []),
      ...about([unitOf(good), good.origin, stall.name, whereIs(stall)].filter(Boolean), isLoose),
    ],
  };
}

function about(facts, isLoose) {
  return isLoose ? facts.map((fact) => el("p", { class: "soft" }, fact)) : [el("p", { class: "soft" }, facts.join(" · "))];
}
