// A drawing of the market in which one stall is yellow. It shows the way; the words beside it say it.

import { catalogue } from "../catalogue.js";
import { drawn, el } from "../el.js";
import { named, t } from "../words.js";

const CELL = 10;
const STEP = 11.5;
const AISLE = 9;
const GAP = 6;
const EDGE = 4;

// From the gate below upwards.
function side(stalls, x, foot, marked) {
  return stalls.map((id, place) => {
    const box = { x, y: foot - (place + 1) * STEP, width: CELL, height: CELL, rx: 1.5 };
    return drawn("rect", { ...box, class: marked.includes(id) ? "plan-it" : "plan-stall" });
  });
}

export function plan(marked) {
  const streets = catalogue.data.map.filter((street) => street.left.length + street.right.length);
  const longest = Math.max(1, ...streets.flatMap(({ left, right }) => [left.length, right.length]));
  const each = 2 * CELL + AISLE + GAP;
  const foot = EDGE + longest * STEP;
  const shapes = streets.flatMap(({ left, right }, place) => {
    const x = EDGE + place * each;
    const aisle = { x: x + CELL + 1, y: EDGE, width: AISLE - 2, height: longest * STEP + EDGE, class: "plan-aisle" };
    return [drawn("rect", aisle), ...side(left, x, foot, marked), ...side(right, x + CELL + AISLE, foot, marked)];
  });
  const size = `0 0 ${2 * EDGE + streets.length * each - GAP} ${foot + 2 * EDGE}`;
  return drawn("svg", { viewBox: size, class: "plan", role: "img", "aria-label": t("map") }, ...shapes);
}

export function legend(stall) {
  const street = catalogue.data.map.find(({ left, right }) => [...left, ...right].includes(stall.id));
  return street ? el("p", { class: "soft" }, t("map_legend", { street: named(street) })) : null;
}
