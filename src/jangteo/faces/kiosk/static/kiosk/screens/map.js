// A drawing of the market in which one stall is yellow. It shows the way; the words beside it say it.

import { catalogue } from "../catalogue.js";
import { drawn, el } from "../el.js";
import { named, t } from "../words.js";

const CELL = 10;
const STEP = 11.5;
const AISLE = 9;
const GAP = 6;
const EDGE = 4;
const LEAST_STREETS = 3;

// From the gate below upwards.
function side(stalls, x, foot, marked) {
  return stalls.map((id, place) => {
    const box = { x, y: foot - (place + 1) * STEP, width: CELL, height: CELL, rx: 1.5 };
    return drawn("rect", { ...box, class: marked.includes(id) ? "plan-it" : "plan-stall" });
  });
}

// Up the aisle from where one comes in, then to the stall.
function way(id, { left, right }, x, foot) {
  const isLeft = left.includes(id);
  const up = foot - ((isLeft ? left : right).indexOf(id) + 0.5) * STEP;
  const middle = x + CELL + AISLE / 2;
  return drawn("path", { class: "plan-way", d: `M${middle} ${foot + EDGE}V${up}H${middle + (isLeft ? -1 : 1) * (AISLE / 2 + 1)}` });
}

// The streets that somebody has to go to, and what lies between and beside them, so that the way can be seen.
function around(marked) {
  const streets = catalogue.data.map.filter((street) => street.left.length + street.right.length);
  const wanted = streets.flatMap(({ left, right }, place) => ([...left, ...right].some((id) => marked.includes(id)) ? [place] : []));
  const from = Math.max(0, Math.min(wanted.at(0), streets.length - LEAST_STREETS));
  return streets.slice(from, Math.max(from + LEAST_STREETS, wanted.at(-1) + 1));
}

export function plan(marked) {
  const streets = around(marked);
  const longest = Math.max(1, ...streets.flatMap(({ left, right }) => [left.length, right.length]));
  const each = 2 * CELL + AISLE + GAP;
  const foot = EDGE + longest * STEP;
  const shapes = streets.flatMap((street, place) => {
    const { left, right } = street;
    const x = EDGE + place * each;
    const here = marked.filter((id) => [...left, ...right].includes(id));
    const aisle = { x: x + CELL + 1, y: EDGE, width: AISLE - 2, height: longest * STEP + EDGE, class: here.length ? "plan-aisle plan-here" : "plan-aisle" };
    const ways = here.map((id) => way(id, street, x, foot));
    return [drawn("rect", aisle), ...side(left, x, foot, marked), ...side(right, x + CELL + AISLE, foot, marked), ...ways];
  });
  const size = `0 0 ${2 * EDGE + streets.length * each - GAP} ${foot + 2 * EDGE}`;
  return drawn("svg", { viewBox: size, class: "plan", role: "img", "aria-label": t("map") }, ...shapes);
}

export function legend(stall) {
  const street = catalogue.data.map.find(({ left, right }) => [...left, ...right].includes(stall.id));
  return street ? el("p", { class: "soft" }, t("map_legend", { street: named(street) })) : null;
}
