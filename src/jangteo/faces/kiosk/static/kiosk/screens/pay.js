// Steps two and three: what was chosen, how it is paid at the stalls, the telephone, and the ticket.

import { catalogue } from "../catalogue.js";
import { button, el, icon, picture } from "../el.js";
import { lineWon, totals } from "../sums.js";
import { lines, lost, visit } from "../visit.js";
import { named, t, won } from "../words.js";
import { plan } from "./map.js";
import { price, titled, whereIs } from "./parts.js";

const MOST_PICTURES = 3;
const SIGNS = { card: "credit-card", cash: "banknote", onnuri: "receipt-text", local: "hand-coins" };

function total(chosen) {
  const { won: sum, most } = totals(chosen);
  return [
    el("p", { class: "sum total" }, el("span", {}, t("in_all")), price(sum, most !== null)),
    most === null ? null : el("p", { class: "soft" }, icon("scale"), el("span", {}, t("at_most", { won: won(most) }))),
  ];
}

function chosenRow({ good, quantity }, place, { go, takeOut }) {
  return el(
    "div",
    { class: "row" },
    picture(good.image),
    el("span", { class: "row-words" }, el("span", { class: "card-name" }, titled(good)), el("span", { class: "num" }, `${quantity} × ${won(lineWon(good, 1))}`)),
    button(t("change"), () => go({ name: "amount", id: good.id, quantity }), { label: t("change_of", { name: named(good) }), digit: String(place + 1) }),
    button(t("take_out"), () => takeOut(good.id), { label: t("take_out_of", { name: named(good) }) }),
  );
}

export function basket(doings, { undo }) {
  const { go, putBack } = doings;
  const chosen = lines();
  const more = () => go({ name: "goods", page: 0 });
  return {
    step: 2,
    title: chosen.length ? t("is_this_right") : t("basket_empty"),
    kind: "basket",
    say: chosen.length ? ["confirm", totals(chosen)] : ["empty"],
    main: chosen.length ? [t("to_pay"), () => go({ name: "tender" }), "check"] : [t("choose_goods"), more, "shopping-basket"],
    art: chosen.length ? chosen.slice(0, MOST_PICTURES).map(({ good }) => picture(good.image)) : [icon("shopping-basket")],
    content: [
      lost() > 0 && el("p", { class: "note", role: "status" }, icon("info"), t("some_gone", { count: lost() })),
      undo && el("div", { class: "note" }, t("was_taken_out", { name: undo.name }), button(t("undo"), putBack, { sign: "rotate-ccw" })),
      ...chosen.map((line, place) => chosenRow(line, place, doings)),
      ...(chosen.length ? total(chosen) : []),
    ],
    after: chosen.length ? [button(t("choose_more"), more, { sign: "plus" })] : [],
  };
}

// Vouchers only where every stall of the basket takes them.
function tendersFor(chosen) {
  const stalls = new Set(chosen.map(({ good }) => good.stall));
  const takesIt = (code) => ["card", "cash"].includes(code) || [...stalls].every((id) => catalogue.stall(id).takes.includes(code));
  return catalogue.data.tenders.filter(({ code }) => takesIt(code));
}

// Whether any of these stalls puts a stamp on a card that a telephone number finds.
function anyStamps(ids) {
  return ids.some((id) => catalogue.stall(id)?.stamps);
}

export function tender({ go, order }) {
  const chosen = lines();
  const way = (each, place) => button(named(each), () => order(each.code), { kind: "card-tender", sign: SIGNS[each.code], digit: String(place + 1) });
  return {
    step: 3,
    title: t("how_to_pay"),
    kind: "tender",
    say: [catalogue.isAway ? "tender_offline" : "tender"],
    art: [icon("banknote"), icon("credit-card")],
    content: [
      el("div", { class: "cards tenders" }, tendersFor(chosen).map(way)),
      el("p", { class: "lead" }, t("paid_at_stall")),
      ...total(chosen),
      button(visit.phone ? t("phone_is", { phone: visit.phone }) : t("leave_phone"), () => go({ name: "phone" }), { sign: "phone", kind: "btn-quiet" }),
      el("p", { class: "soft" }, t("phone_why")),
    ],
  };
}

export function phone({ type, back }) {
  const key = (digit) => button(digit, () => type(digit), { digit });
  const shown = visit.phone.replace(/^(\d{3})(\d{1,4})(\d*)$/, (_, a, b, c) => [a, b, c].filter(Boolean).join("-"));
  const isWhole = visit.phone.length === 0 || /^0\d{8,10}$/.test(visit.phone);
  return {
    step: 3,
    title: t("phone_ask"),
    kind: "phone",
    say: ["phone"],
    art: [icon("phone")],
    main: isWhole ? [visit.phone ? t("phone_done") : t("phone_skip"), back, "check"] : null,
    content: [
      el(
        "div",
        {},
        anyStamps(lines().map(({ good }) => good.stall)) && el("p", {}, t("phone_stamps")),
        el("output", { class: "huge typed", "aria-live": "polite", "aria-label": t("phone_typed") }, shown || "010-····-····"),
      ),
      el(
        "div",
        { class: "keypad" },
        [..."123456789"].map(key),
        button(t("phone_start"), () => type("010"), { label: "010" }),
        key("0"),
        button(t("erase"), () => type("<"), {}),
      ),
    ],
  };
}

export function sending() {
  return { step: 3, title: t("sending"), kind: "sending", isHigh: true, say: ["sending"], content: [el("p", { class: "huge", "aria-hidden": "true" }, "···")] };
}

function stops(ids) {
  return ids.map((id) => {
    const stall = catalogue.stall(id);
    return el("li", {}, icon("map-pin"), el("span", {}, el("strong", {}, stall.name), el("span", { class: "soft" }, whereIs(stall))));
  });
}

// A slip of paper and the way beside it.
function slip({ number, said, ids, sum, isLoose }) {
  const first = el("p", { class: "slip-number" }, number);
  const paper = (...inside) => el("div", { class: "slip" }, ...inside);
  const list = (shown) => el("ul", { class: "stops" }, stops(shown));
  if (!isLoose) return [paper(first, ...said, list(ids), sum), el("div", { class: "beside" }, plan(ids))];
  return [first, sum, ...said, ...ids.map((id) => list([id])), el("div", { class: "beside" }, plan(ids))];
}

export function ticket({ end, print }, { answer, stalls, sum, isAbout, isLoose, isKnown }) {
  const isAway = answer.state === "away";
  const differences = answer.differences ?? [];
  const said = [
    el("p", { class: "lead" }, isAway ? t("ticket_offline") : t("ticket_go")),
    isKnown && anyStamps(stalls) && el("p", {}, t("ticket_stamps")),
    differences.length > 0 && el("p", { class: "note", role: "status" }, isLoose ? null : icon("info"), t("price_changed", { names: differences.map(({ name, now_won: now }) => `${name} ${won(now)}`).join(", ") })),
  ];
  const pays = el("p", { class: "sum" }, el("span", {}, t("pay_there")), price(answer.total_won ?? sum, isAbout));
  return {
    step: 3,
    title: t("ticket_title"),
    kind: "ticket",
    isHigh: true,
    say: [isAway ? "ticket_offline" : "ticket", { number: answer.ticket }],
    main: [t("seen"), end, "check"],
    content: slip({ number: answer.ticket, said, ids: stalls, sum: pays, isLoose }),
    after: [button(t("print"), print, { sign: "printer" })],
  };
}

export function spoken({ end, print }, { id, number, isLoose }) {
  return {
    title: t("spoken_title"),
    kind: "ticket",
    isHigh: true,
    say: ["spoken_order", { number }],
    main: [t("seen"), end, "check"],
    content: slip({ number, said: [el("p", { class: "lead" }, t("spoken_go"))], ids: [id], isLoose }),
    after: [button(t("print"), print, { sign: "printer" })],
  };
}

export function refused({ back, help }, { answer }) {
  return {
    step: 3,
    title: t("refused"),
    kind: "refused",
    isHigh: true,
    art: [icon("info")],
    say: ["refused"],
    main: [t("look_again"), back, "shopping-basket"],
    content: [el("p", { class: "lead", role: "alert" }, answer.sentence || t("refused_why"))],
    after: [button(t("help"), help, { sign: "bell" })],
  };
}
