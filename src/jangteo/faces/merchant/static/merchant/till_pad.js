// One line of the till on big keys: a price and how many, or a price and the weight in geun and grams.

import { lineWon } from "./till_basket.js";

const LONGEST = 7;

export class LinePad {
  constructor(root, finished) {
    this.root = root;
    this.finished = finished;
    this.output = root.querySelector("output");
    this.inputs = Object.fromEntries([...root.querySelectorAll("input")].map((input) => [input.name, input]));
    for (const input of Object.values(this.inputs)) {
      input.inputMode = "none";
      input.onfocus = () => this.aim(input.name);
      input.oninput = () => this.count();
    }
    root.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      const line = this.line();
      if (lineWon(line) > 0) this.finished(line);
    };
    root.onclick = (event) => {
      const key = event.target.closest("[data-pad]")?.dataset.pad;
      if (key) this.press(key);
    };
  }

  // `asks`: there is no price yet to go by, as for goods of the day's price and for an amount alone.
  open(line, { title, asks }) {
    this.was = line;
    this.root.querySelector("[data-pad-title]").textContent = title;
    const weighs = Boolean(line.price_grams);
    for (const part of this.root.querySelectorAll("[data-pad-for]"))
      part.hidden = !this.shows(part.dataset.padFor, weighs, line);
    const per = this.root.querySelector("[data-per]");
    per.textContent = weighs ? per.dataset.per.replace("{per}", this.per(line)) : per.dataset.each;
    this.write(line, weighs, asks);
    this.aim(asks ? "price" : weighs ? (line.geun_grams ? "geun" : "grams") : "quantity");
    this.count();
  }

  shows(part, weighs, line) {
    return { weighed: weighs, geun: weighs && Boolean(line.geun_grams), piece: !weighs }[part];
  }

  per({ price_grams, geun_grams }) {
    const { geun } = this.root.querySelector("[data-per]").dataset;
    return geun_grams === price_grams ? geun.replace("{grams}", price_grams) : `${price_grams}g`;
  }

  write(line, weighs, asks) {
    const geun = weighs && line.geun_grams && line.grams ? Math.floor(line.grams / line.geun_grams) : 0;
    this.inputs.price.value = asks && !line.grams ? "" : line.price_won || "";
    this.inputs.geun.value = geun || "";
    this.inputs.grams.value = line.grams ? line.grams - geun * (line.geun_grams || 0) || "" : "";
    this.inputs.quantity.value = line.quantity || 1;
  }

  aim(name) {
    this.aimed = this.inputs[name];
    this.fresh = true;
    for (const one of Object.values(this.inputs)) one.toggleAttribute("data-aimed", one === this.aimed);
    if (document.activeElement !== this.aimed) this.aimed.focus({ preventScroll: true });
  }

  // The first key replaces what stood there, the next ones continue it.
  press(key) {
    const before = this.fresh && key !== "back" ? "" : this.aimed.value;
    this.fresh = false;
    const typed = key === "back" ? before.slice(0, -1) : before + key;
    this.aimed.value = typed.replace(/^0+/, "").slice(0, Math.min(LONGEST, this.aimed.maxLength));
    this.count();
  }

  line() {
    const number = (name) => Number(this.inputs[name].value.replace(/\D/g, "") || 0);
    const line = { ...this.was, price_won: number("price"), quantity: 1 };
    if (line.price_grams) line.grams = number("geun") * (line.geun_grams || 0) + number("grams");
    else line.quantity = number("quantity") || 1;
    return line;
  }

  count() {
    const won = lineWon(this.line());
    this.output.textContent = won
      ? this.output.dataset.won.replace("{won}", won.toLocaleString("ko-KR"))
      : this.output.dataset.empty;
    this.output.toggleAttribute("data-is-empty", !won);
  }
}
