// Turns pages: never words that could be taken for the button that goes back a screen.

import { button, el } from "../el.js";
import { t } from "../words.js";

export function pager(now, pages, turn) {
  return el(
    "div",
    { class: "pager" },
    button(t("page_before"), () => turn(now - 1), { sign: "chevron-left", off: now === 0 }),
    el("span", { class: "pages" }, `${now + 1} / ${pages}`),
    button(t("page_after"), () => turn(now + 1), { sign: "chevron-right", kind: "btn-after", off: now === pages - 1 }),
  );
}
