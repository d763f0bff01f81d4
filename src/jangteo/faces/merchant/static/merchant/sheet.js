// Prices typed off a hand-written board: its photo stays beside the list, and on this phone; a line at a time, with the
// stall's own goods one tap away; Enter goes on to what comes next.

import { jpeg, opened } from "../js/shrink.js";

const KEPT = "jangteo-board";
const MOST_OWN = 4;

class PriceSheet extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector(".sheet-rows");
    this.photo();
    if (this.rows) this.list();
  }

  photo() {
    this.board = this.querySelector("[data-board]");
    this.look = this.board.querySelector("[data-look]");
    this.zoom = this.board.querySelector("[data-zoom]");
    this.board.querySelector("input").addEventListener("change", (event) => this.take(event.target.files[0]));
    this.zoom.addEventListener("click", () => {
      this.zoom.ariaPressed = String(this.look.toggleAttribute("data-large"));
    });
    // For the next page of the same job; it goes with the tab.
    const kept = sessionStorage.getItem(KEPT);
    if (kept) this.show(kept);
  }

  async take(file) {
    const trouble = this.board.querySelector("[data-trouble]");
    try {
      const reader = new FileReader();
      const read = new Promise((done) => (reader.onload = done));
      reader.readAsDataURL(await jpeg(await opened(file)));
      await read;
      sessionStorage.setItem(KEPT, reader.result);
      this.show(reader.result);
      trouble.hidden = true;
    } catch {
      trouble.hidden = false;
    }
  }

  show(address) {
    const image = new Image();
    image.src = address;
    image.alt = "";
    this.look.replaceChildren(image);
    this.look.hidden = this.zoom.hidden = false;
    const words = this.board.querySelector("[data-words]");
    words.textContent = words.dataset.again;
  }

  list() {
    this.own = [...this.querySelectorAll("#own-goods option")].map(({ value, dataset }) => ({ name: value, ...dataset }));
    this.spare = this.rows.querySelector("[data-spare]");
    for (const row of this.rows.querySelectorAll("[data-spare]")) row.remove();
    // The browser's own list would cover the buttons that offer the same.
    for (const name of this.querySelectorAll("[list]")) name.removeAttribute("list");
    this.spare.querySelector("[name=name]").removeAttribute("list");
    this.chips = document.createElement("div");
    this.chips.className = "guesses sheet-own";
    if (!this.rows.children.length) this.suggest(this.add());
    const next = this.querySelector("[data-next]");
    next.addEventListener("click", () => this.add().focus());
    for (const name of ["input", "focusin"])
      this.rows.addEventListener(name, (event) => event.target.name === "name" && this.suggest(event.target));
    this.rows.addEventListener("keydown", (event) => this.enter(event));
  }

  add() {
    const row = this.spare.cloneNode(true);
    row.removeAttribute("data-spare");
    row.classList.remove("without-scripts");
    for (const count of row.querySelectorAll(".sr")) count.textContent = ` ${this.rows.children.length + 1}`;
    this.rows.append(row);
    return row.querySelector("[name=name]");
  }

  // What the stall sells already; names that are in the list are not offered again.
  suggest(input) {
    const others = [...this.rows.querySelectorAll("[name=name]")].filter((one) => one !== input);
    const written = others.map((one) => one.value);
    const wanted = input.value.trim();
    const like = this.own.filter((good) => good.name.includes(wanted) && !written.includes(good.name));
    this.chips.replaceChildren(...like.slice(0, MOST_OWN).map((good) => this.chip(good, input)));
    input.closest(".sheet-row").append(this.chips);
  }

  chip(good, input) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn guess";
    button.textContent = `${good.name} ${good.unit}`;
    button.addEventListener("click", () => {
      const row = input.closest(".sheet-row");
      const price = row.querySelector("[name=price]");
      input.value = good.name;
      row.querySelector("[name=unit]").value = good.unit;
      price.placeholder = Number(good.won).toLocaleString("ko-KR");
      this.chips.replaceChildren();
      price.focus();
    });
    return button;
  }

  enter(event) {
    // A syllable that is still being put together takes the first Enter for itself.
    if (event.key !== "Enter" || event.isComposing || event.target.localName !== "input") return;
    event.preventDefault();
    const fields = [...this.rows.querySelectorAll("input")];
    (fields[fields.indexOf(event.target) + 1] ?? this.add()).focus();
  }
}

customElements.define("price-sheet", PriceSheet);
