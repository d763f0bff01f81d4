// Puts a screen on the glass: the steps above, the thing to do in the middle, the green button, and below them the four
// buttons that always stand where they stood. Whatever does not fit gets a page more: nothing is cut off, nothing scrolls.

import { button, el, icon } from "./el.js";
import { t } from "./words.js";

const { body } = document;
const [top, stage, go, bar] = ["top", "main", "go", "bar"].map((id) => document.getElementById(id));
const rooms = new Map();

function steps(now) {
  const names = [t("step_choose"), t("step_check"), t("step_pay")];
  return el(
    "ol",
    { class: "steps", "aria-label": t("steps") },
    names.map((name, place) =>
      el(
        "li",
        { "aria-current": place + 1 === now ? "step" : null, class: place + 1 < now ? "done" : null },
        el("span", { class: "step-no" }, place + 1 < now ? icon("check") : String(place + 1)),
        el("span", { class: "step-name" }, name),
      ),
    ),
  );
}

function note(asOf) {
  return asOf && el("p", { class: "as-of", role: "status" }, icon("wifi-off"), asOf);
}

// Real screens and nothing behind them: neither an order nor a call for help leaves the kiosk.
function ribbon({ practise, end }) {
  const words = el("p", {}, el("b", {}, t("practice")), " ", t("practice_why"));
  return el("div", { class: "practice" }, words, button(t("afresh"), practise, { sign: "rotate-ccw" }), button(t("end_now"), end, { sign: "x" }));
}

function draw(screen, { asOf, market, practice }) {
  body.dataset.screenNow = screen.kind;
  top.replaceChildren(...[practice && ribbon(practice), el("p", { class: "brand" }, market), note(asOf), screen.step && steps(screen.step)].filter(Boolean));
  const title = el("h1", { tabindex: "-1" }, screen.title);
  stage.replaceChildren(title, el("div", { class: "content" }, ...screen.content.flat().filter(Boolean)));
  const [words, press, sign] = screen.main ?? [];
  const after = (screen.after ?? []).filter(Boolean);
  go.replaceChildren(...(press ? [button(words, press, { kind: "btn-main", sign })] : []), ...after);
  go.hidden = !press && !after.length;
}

// The browser rounds half pixels up here and down there, and counts the air above and below letters as if it were cut.
const SLACK_PX = 2;
const AIR = 0.15;

function isCut() {
  const box = stage.getBoundingClientRect();
  const air = SLACK_PX + AIR * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const over = ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
    scrollHeight > clientHeight + air || scrollWidth > clientWidth + SLACK_PX;
  if (over(stage)) return true;
  return [...stage.querySelectorAll(".card, .btn, .row, .content, .poster")].some(
    (element) => over(element) || element.getBoundingClientRect().bottom > box.bottom + SLACK_PX,
  );
}

// `make(room)` draws the screen for that many things. How many had a place before is tried first, then fewer; where not
// even one has, pictures give way to words.
export function show(make, facts) {
  const most = make(Infinity).room ?? 1;
  const shape = `${make(1).kind} ${innerWidth}x${innerHeight} ${body.className} ${JSON.stringify(body.dataset.fit)}`;
  let room = Math.min(most, rooms.get(shape) ?? most);
  body.dataset.plain = "no";
  let screen = make(room);
  draw(screen, facts);
  while (isCut() && room > 1) {
    room -= 1;
    screen = make(room);
    draw(screen, facts);
  }
  if (isCut()) body.dataset.plain = "yes";
  return screen;
}

export function drawBar({ back, home, help, sound }, { isFirst, isOn }) {
  bar.replaceChildren(
    button(t("back"), back, { sign: "chevron-left", off: isFirst }),
    button(t("home"), home, { sign: "house" }),
    button(t("help"), help, { sign: "bell" }),
    button(t("sound"), sound, { sign: isOn ? "volume-2" : "volume-x" }),
  );
  bar.setAttribute("aria-label", t("always_here"));
}
