// Finding a stall, help, and the sound.

import { SPEEDS, VOLUMES } from "../voice.js";
import { catalogue } from "../catalogue.js";
import { button, el, icon } from "../el.js";
import { visit } from "../visit.js";
import { t } from "../words.js";
import { legend, plan } from "./map.js";
import { goodsToShow, paged, stallCard, whereIs } from "./parts.js";

const MOST_STALLS = 6;

export function stalls({ go, turn }, { room, isTrial, page, then }) {
  const all = then === "spoken" ? catalogue.data.stalls.filter((stall) => stall.open) : catalogue.data.stalls;
  const draw = (stall, place) => stallCard(stall, ({ id }) => go({ name: then, id }), place);
  return {
    title: t(then === "spoken" ? "which_stall_to_say" : "which_stall"),
    kind: "stalls",
    room: MOST_STALLS,
    list: `${catalogue.data.version} ${then}`,
    say: [then === "spoken" ? "stalls" : "find"],
    content: paged(all, { room, isTrial, page, turn, draw, kind: "small" }),
  };
}

export function map({ go }, { id }) {
  const stall = catalogue.stall(id);
  return {
    title: stall.name,
    kind: "map",
    isHigh: true,
    say: ["found"],
    main: goodsToShow((good) => good.stall === id).length ? [t("goods_of_stall"), () => go({ name: "goods", stall: id, page: 0 }), "shopping-basket"] : null,
    content: [el("p", { class: "lead where" }, icon("map-pin"), whereIs(stall)), plan([id]), legend(stall)],
  };
}

export function help({ back }, { told }) {
  const { phone } = catalogue.data.market;
  return {
    title: told ? (told.isAway ? t("help_away") : told.isPractice ? t("practice") : t("help_called")) : t("help_calling"),
    kind: "help",
    isHigh: true,
    art: [icon("bell")],
    say: told?.isPractice ? [] : told?.isAway ? ["help_offline"] : ["help"],
    main: [t("go_on"), back, "check"],
    content: [
      el("p", { class: "lead", role: "status" }, told && !told.isAway ? told.say : told ? t("help_ring") : t("help_wait")),
      phone && el("p", { class: "huge num" }, phone),
      el("p", { class: "soft" }, icon("map-pin"), document.body.dataset.screenPlace || document.body.dataset.screenName),
    ],
  };
}

export function sound({ hear, back, sound: turn }) {
  const { on, volume, speed } = visit.sound;
  const louder = VOLUMES[VOLUMES.indexOf(volume) + 1];
  const softer = VOLUMES[VOLUMES.indexOf(volume) - 1];
  const names = { 0.75: t("slow"), 1: t("usual"), 1.25: t("fast") };
  return {
    title: t("sound_title"),
    kind: "sound",
    say: ["sound_on"],
    // With large letters there is no place for what "back" does as well.
    main: visit.look.large ? null : [t("go_on"), back, "check"],
    art: [icon("volume-2")],
    content: [
      el(
        "div",
        { class: "pair" },
        button(on ? t("sound_off") : t("sound_on"), () => turn(!on), { sign: on ? "volume-x" : "volume-2", pressed: on }),
        button(t("again"), () => hear({}), { sign: "rotate-ccw", off: !on }),
      ),
      el(
        "div",
        { class: "stepper" },
        button(t("softer"), () => hear({ volume: softer }), { sign: "minus", off: !on || softer === undefined }),
        el("output", { class: "huge", "aria-live": "polite", "aria-label": t("volume") }, String(VOLUMES.indexOf(volume) + 1)),
        button(t("louder"), () => hear({ volume: louder }), { sign: "plus", off: !on || louder === undefined }),
      ),
      el("div", { class: "thirds" }, SPEEDS.map((each) => button(names[each], () => hear({ speed: each }), { pressed: speed === each, off: !on }))),
    ],
  };
}
