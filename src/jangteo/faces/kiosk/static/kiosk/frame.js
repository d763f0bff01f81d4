// Puts a screen on the glass: the steps above, the thing to do in the middle, the green button, and below them the four
// buttons that always stand where they stood.

import { button, el, icon } from "./el.js";
import { pager } from "./screens/pager.js";
import { t } from "./words.js";

const { body } = document;
const [top, stage, go, bar, paper] = ["top", "main", "go", "bar", "paper"].map((id) => document.getElementById(id));
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
function ribbon() {
  return el("p", { class: "practice" }, el("b", {}, t("practice_short")), " ", el("span", {}, t("practice_why")));
}

// On lying glass the heading stands in the band above, on upright glass over what is pressed.
function isHeadingAbove(screen) {
  return body.classList.contains("wide") && !body.classList.contains("low") && (screen.kind !== "idle" || body.classList.contains("large"));
}

function draw(screen, { asOf, market, isPractice }, content = screen.content, turning = null) {
  body.dataset.screenNow = screen.kind;
  const title = el("h1", { tabindex: "-1" }, screen.title);
  const isAbove = isHeadingAbove(screen);
  const brand = isAbove ? title : el("p", { class: "brand" }, market);
  top.replaceChildren(...[isPractice && ribbon(), brand, note(asOf), screen.step && steps(screen.step)].filter(Boolean));
  const art = screen.art && el("div", { class: "art", "aria-hidden": "true" }, screen.art);
  const head = el("div", { class: "head" }, art, isAbove ? null : title);
  stage.replaceChildren(head, el("div", { class: "content" }, ...content.flat().filter(Boolean)));
  const [words, press, sign] = screen.main ?? [];
  const after = (screen.after ?? []).filter(Boolean);
  if (turning) after.push(turning);
  const main = press ? [button(words, press, { kind: "btn-main", sign })] : [];
  const beside = isSmallAnd("wide") && stage.querySelector(".under");
  if (beside) beside.append(...main.splice(0));
  go.replaceChildren(...main, ...after);
  go.hidden = !main.length && !after.length;
  reach(screen, head, art);
}

// Nothing that is pressed lies higher than two thirds of upright glass, and on the low screen none above its middle.
// What is left above belongs to the heading and a large drawing. A screen whose buttons all lie below may begin above.
function reach(screen, head, art) {
  const isLow = body.classList.contains("low") && !body.classList.contains("small-glass");
  const part = isLow ? 1 / 2 : body.classList.contains("tall") ? 1 / 3 : 0;
  const isFree = screen.isHigh || body.dataset.reach === "high";
  const from = head.getBoundingClientRect().top + Number.parseFloat(getComputedStyle(stage).rowGap);
  head.style.minHeight = isFree ? "" : `${Math.max(0, Math.ceil(innerHeight * part - from))}px`;
  if (art) art.hidden = art.offsetHeight < LEAST_ART * innerHeight;
  head.hidden = ![...head.children].some((child) => !child.hidden);
}

// The browser rounds half pixels up here and down there, and counts the air above and below letters as if it were cut.
const SLACK_PX = 2;
const AIR = 0.15;
// A drawing lower than this part of the glass says nothing any more.
const LEAST_ART = 0.08;

export function isCut() {
  const over = (element) => {
    const air = SLACK_PX + AIR * Number.parseFloat(getComputedStyle(element).fontSize);
    return element.scrollHeight > element.clientHeight + air || element.scrollWidth > element.clientWidth + SLACK_PX;
  };
  if ([stage, top, go, bar].some(over)) return true;
  const { bottom } = stage.getBoundingClientRect();
  // A button that stood in the margin would stand too near to the green one.
  const foot = bottom - Number.parseFloat(getComputedStyle(stage).paddingBottom);
  const isBelow = (element) => element.getBoundingClientRect().bottom > (element.matches(".btn") ? foot : bottom) + SLACK_PX;
  return [...document.querySelectorAll(".btn, #main :is(.row, .content, .content > *, .poster, .slip, .sum, .where)")].some(
    (element) => over(element) || (stage.contains(element) && isBelow(element)),
  );
}

function keyOf({ kind, list, main }, { asOf, isPractice }) {
  const look = [innerWidth, innerHeight, body.className, body.dataset.reach, document.documentElement.lang];
  return [kind, list, Boolean(main), asOf, isPractice, ...look].join();
}

// How many things have a place on this glass is found out once for each list, with the longest words in it, so that
// every page of it holds the same number.
function roomFor(make, facts) {
  const first = make({ room: 1, isTrial: true });
  if (!first.room) return 1;
  const key = keyOf(first, facts);
  if (rooms.has(key)) return rooms.get(key);
  let { room } = first;
  for (; room > 1; room -= 1) {
    draw(make({ room, isTrial: true }), facts);
    if (!isCut()) break;
  }
  rooms.set(key, room);
  return room;
}

// A paragraph of several sentences may be shared out as well.
function sentences(block) {
  const said = block.matches("p:not(:has(*))") ? block.textContent.split(/(?<=[.!?:])\s+/) : [];
  if (said.length < 2) return [block];
  return said.map((words) => {
    const one = block.cloneNode();
    one.textContent = words;
    return one;
  });
}

// A screen of one list turns its own pages. Any other one that is too full is shared out over as many as it takes; with
// large letters the second button does not stand beside the green one then, but comes last.
function shareOut(screen, facts, { part = 0, turn }) {
  const isLarge = body.classList.contains("large");
  const blocks = [...screen.content, ...(isLarge ? (screen.after ?? []) : [])].flat().filter(Boolean).flatMap(sentences);
  const alone = isLarge ? { ...screen, after: [] } : screen;
  // Lying glass has no height to spare: what turns pages stands beside the green button.
  const share = (shown, turning) =>
    isLarge && body.classList.contains("wide") ? draw(alone, facts, shown, turning) : draw(alone, facts, [...shown, turning]);
  const pages = [];
  for (let from = 0; from < blocks.length; ) {
    let to = blocks.length;
    for (; to > from + 1; to -= 1) {
      share(blocks.slice(from, to), pager(0, 2, turn));
      if (!isCut()) break;
    }
    pages.push(blocks.slice(from, to));
    from = to;
  }
  const now = Math.min(part, pages.length - 1);
  share(pages[now], pages.length > 1 && pager(now, pages.length, turn));
}

// `make({ room })` draws the screen for that many things: as many as have a place. `isLoose` asks for small pieces that
// can be shared out. Nothing is cut off, nothing scrolls.
export function show(make, facts, turning) {
  let room = 1;
  // Only large letters may take the upper third as well; at the usual size there are more pages instead.
  for (const reaching of body.classList.contains("large") ? ["low", "high"] : ["low"]) {
    body.dataset.reach = reaching;
    room = roomFor(make, facts);
    draw(make({ room, isTrial: true }), facts);
    if (!isCut()) break;
  }
  let screen = make({ room });
  draw(screen, facts);
  // Other words than the longest ones can still be wider than them.
  for (; screen.room && room > 1 && isCut(); room -= 1) {
    rooms.set(keyOf(screen, facts), room - 1);
    screen = make({ room: room - 1 });
    draw(screen, facts);
  }
  const isShared = !screen.room && isCut();
  if (isShared) shareOut(make({ room, isLoose: true }), facts, turning);
  // What is shared out over several pages of glass is one piece of paper all the same.
  paper.replaceChildren(...(isShared && screen.kind === "ticket" ? [el("p", {}, screen.title), ...make({ room }).content].flat() : []));
  return screen;
}

// Large letters on a small glass, upright: four buttons hardly stand side by side. Lying: there is no height, so that
// even the green button stands beside a list.
function isSmallAnd(shape) {
  return ["large", "small-glass", shape].every((each) => body.classList.contains(each));
}

// In practice the way out stands where the sound is looked for otherwise: there is no place for a fifth button.
export function drawBar({ back, home, help, sound, end }, { isFirst, isOn, isPractice }) {
  bar.replaceChildren(
    button(t("back"), back, { sign: "chevron-left", off: isFirst }),
    button(isSmallAnd("tall") || isSmallAnd("wide") ? t("home_short") : t("home"), home, { sign: "house", label: t("home") }),
    button(t("help"), help, { sign: "bell" }),
    isPractice ? button(t("practice_end"), end, { sign: "x" }) : button(t("sound"), sound, { sign: isOn ? "volume-2" : "volume-x" }),
  );
  bar.setAttribute("aria-label", t("always_here"));
}
