// The till. Three views of one page: the goods, a pad for one line, and taking the money. All of it works offline.

import "../js/known_phone.js";
import { newKey } from "../js/outbox.js";
import { Basket, lineWon } from "./till_basket.js";
import { outbox, pass } from "./till_outbox.js";
import { LinePad } from "./till_pad.js";
import { PayDesk } from "./till_pay.js";
import { Told } from "./till_told.js";

const won = (amount) => amount.toLocaleString("ko-KR");

class StallTill extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    document.querySelector("[data-without-till]").hidden = true;
    this.basket = new Basket(this.dataset.name);
    this.pad = new LinePad(this.view("pad"), (line) => this.put(line));
    this.desk = new PayDesk(this.view("pay"));
    const takeUp = ({ lines }) => this.takeUp(lines);
    this.told = new Told(this, { undone: takeUp, mend: takeUp });
    this.addEventListener("click", (event) => this.clicked(event.target));
    this.querySelector("[data-code]").onsubmit = (event) => this.askCode(event);
    // The phone's own way back leads from the pad and the money to the goods, not off the page.
    addEventListener("popstate", () => this.leave("shop"));
    for (const kind of ["online", "offline"]) addEventListener(kind, () => this.showLine());
    this.showLine();
    this.draw();
  }

  view(name) {
    return this.querySelector(`[data-view="${name}"]`);
  }

  clicked(target) {
    const data = target.closest("button, a")?.dataset;
    if (!data) return;
    if (data.good) this.pick(JSON.parse(data.good));
    else if (data.line) this.change(Number(data.line));
    else if (data.less) this.less(Number(data.less));
    else if (data.way) this.take(data.way);
    else if ("free" in data) this.openPad({ price_won: 0, quantity: 1 }, data.free, true);
    else if ("pay" in data) this.pay();
    else if ("shop" in data) this.leave(this.view("pad").hidden ? "shop" : this.from);
  }

  // A thing with a price of its own is one tap; what is weighed, or whose price is today's, opens the pad.
  pick({ asks, title, ...line }) {
    this.place = null;
    if (asks || line.price_grams) this.openPad({ ...line, quantity: 1 }, title, asks);
    else this.put({ ...line, quantity: 1 });
  }

  change(place) {
    const line = this.basket.lines[place];
    this.openPad(line, this.nameOf(line), !line.good_id, place);
  }

  openPad(line, title, asks, place = null) {
    this.place = place;
    this.from = this.view("pay").hidden ? "shop" : "pay";
    this.go("pad");
    this.pad.open(line, { title, asks: Boolean(asks) });
  }

  put(line) {
    if (this.place === null) this.basket.add(line);
    else this.basket.replace(this.place, line);
    this.place = null;
    this.leave(this.view("pad").hidden ? "shop" : this.from);
  }

  less(place) {
    const line = this.basket.lines[place];
    if (line.quantity > 1) this.basket.replace(place, { ...line, quantity: line.quantity - 1 });
    else this.basket.remove(place);
    if (this.basket.lines.length) this.draw();
    else this.leave("shop");
  }

  takeUp(lines) {
    this.basket.fill(lines.map(({ amount_won, ...line }) => line));
    this.draw();
  }

  pay() {
    if (!this.basket.lines.length) return;
    this.go("pay");
    this.desk.open(this.basket.won);
  }

  // A second tap while the first is still being written down is the same sale.
  async take(way) {
    if (this.isTaking) return;
    this.isTaking = true;
    await this.keep(way);
    this.isTaking = false;
  }

  async keep(way) {
    const body = { way, lines: this.basket.told(), phone: this.desk.phone.digits };
    try {
      await this.told.keep(body, this.basket.won);
    } catch {
      // The browser keeps nothing: the money must not look as if it were written down.
      this.querySelector("[data-cannot]").hidden = false;
      return;
    }
    this.desk.finish();
    this.basket.fill([]);
    this.leave("shop");
  }

  // A code needs the network: the customer's phone does, too. A page from the cache has no token that counts.
  async askCode(event) {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(pass, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return this.showLine(true);
    form.elements.csrfmiddlewaretoken.value = (await answer.json()).csrf;
    form.elements.lines.value = JSON.stringify(this.basket.told());
    form.elements.phone.value = this.desk.finish();
    form.elements.key.value = newKey();
    this.basket.fill([]);
    return form.submit();
  }

  showLine(lost = false) {
    const isAway = lost || !navigator.onLine;
    this.querySelector("[data-code] button").disabled = isAway;
    this.querySelector("[data-no-code]").hidden = !isAway;
  }

  // One step of the phone's history for all of this, however often one goes in and out.
  go(view) {
    if (!history.state?.till) history.pushState({ till: true }, "");
    if (!this.view("shop").hidden) this.top = scrollY;
    this.show(view);
  }

  // Tiles stay under the finger: the goods are shown where they were left.
  leave(view) {
    const isThere = !this.view(view).hidden;
    if (!isThere) this.show(view);
    this.draw();
  }

  show(view) {
    for (const one of this.querySelectorAll("[data-view]")) one.hidden = one.dataset.view !== view;
    this.querySelector("[data-cannot]").hidden = true;
    scrollTo(0, view === "shop" ? (this.top ?? 0) : 0);
    if (view !== "pad") this.view(view).querySelector("h2").focus({ preventScroll: true });
  }

  draw() {
    for (const list of this.querySelectorAll("[data-lines]"))
      list.replaceChildren(...this.basket.lines.map((line, place) => this.row(line, place)));
    const { length } = this.basket.lines;
    for (const one of this.querySelectorAll("[data-if-lines]")) one.hidden = (one.dataset.ifLines === "yes") !== length > 0;
    for (const tile of this.querySelectorAll("[data-good]")) this.badge(tile);
    const bar = this.querySelector("[data-sum]");
    bar.textContent = length ? bar.dataset.sum.replace("{won}", won(this.basket.won)) : bar.dataset.empty;
    this.querySelector("[data-pay]").disabled = !length;
    if (!this.view("pay").hidden) this.desk.open(this.basket.won);
  }

  row(line, place) {
    const row = this.querySelector("[data-line-row]").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-line]").dataset.line = place;
    row.querySelector("[data-less]").dataset.less = place;
    row.querySelector("[data-what]").textContent = this.nameOf(line);
    row.querySelector("[data-measure]").textContent = this.measureOf(line);
    row.querySelector("[data-won]").textContent = `${won(lineWon(line))}${this.dataset.won}`;
    const less = row.querySelector("[data-less]");
    less.setAttribute("aria-label", less.dataset.words.replace("{name}", this.nameOf(line)));
    return row;
  }

  badge(tile) {
    const count = this.basket.countOf(JSON.parse(tile.dataset.good).good_id);
    const badge = tile.querySelector("[data-count]");
    badge.textContent = count || "";
    badge.hidden = !count;
  }

  nameOf(line) {
    return [line.name || this.dataset.thing, line.unit].filter(Boolean).join(" ");
  }

  measureOf({ grams, quantity, price_won, price_grams, geun_grams }) {
    const { times, geun } = this.dataset;
    if (!price_grams) return quantity > 1 ? times.replace("{won}", won(price_won)).replace("{count}", quantity) : "";
    const whole = geun_grams ? Math.floor(grams / geun_grams) : 0;
    const rest = grams - whole * (geun_grams ?? 0);
    return [whole && geun.replace("{count}", whole), rest && `${rest}g`].filter(Boolean).join(" ");
  }
}

customElements.define("stall-till", StallTill);
