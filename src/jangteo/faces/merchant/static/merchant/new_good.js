// Putting something up: the price dial turns in place, what is typed and what is tapped do not contradict each other,
// a guess fills in the form, the card shows the good as the customer will see it, and a broken line loses nothing.

import { newKey } from "../js/outbox.js";
import "./photo/photo_field.js";
import { keepForLater, post, takeOut } from "./unsent.js";

const QUIET_MS = 250;
const THUMB = [176, 132];

class NewGood extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.photo = this.querySelector("photo-field");
    this.form.addEventListener("click", (event) => this.tapped(event));
    this.form.addEventListener("input", (event) => this.told(event.target));
    this.form.addEventListener("submit", (event) => this.send(event));
    this.addEventListener("photo", () => this.dress());
    if (location.hash.startsWith("#again-")) this.fillAgain(location.hash.slice("#again-".length));
  }

  tapped(event) {
    const button = event.target.closest("[name=step], [name=like]");
    if (!button) return;
    event.preventDefault();
    if (button.name === "step") this.nudge(Number(button.value));
    else this.fill(Object.entries(JSON.parse(button.dataset.filling)), button);
  }

  nudge(by) {
    const price = this.form.elements.price_won;
    const wanted = Math.min(Number(price.value || 0) + by, Number(price.max));
    if (wanted > 0) price.value = wanted;
    this.told(price);
  }

  fill(fields, button) {
    for (const [name, value] of fields) {
      const field = this.form.elements[name];
      if (field && typeof value === "string") field.value = value;
      if (field instanceof RadioNodeList) for (const radio of field) radio.checked = radio.value === value;
    }
    for (const guess of this.querySelectorAll("[name=like]")) guess.ariaPressed = String(guess === button);
    this.form.dispatchEvent(new Event("change"));
    this.told(this.form.elements.name);
  }

  told(field) {
    const { unit, unit_typed: typed } = this.form.elements;
    if (field === typed && typed.value) for (const radio of unit) radio.checked = false;
    if (field.name === "unit") typed.value = "";
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.draw(), QUIET_MS);
  }

  async draw() {
    const told = new FormData(this.form);
    for (const name of ["csrfmiddlewaretoken", "photo"]) told.delete(name);
    const asked = (this.asked = new URLSearchParams(told).toString());
    const answer = await fetch(`${this.dataset.cardUrl}?${asked}`).catch(() => null);
    if (!answer?.ok || asked !== this.asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const card = page.getElementById("new-card");
    if (card) this.querySelector("#new-card").replaceWith(card);
    this.dress();
  }

  // The photo is still on the phone: the card borrows it.
  dress() {
    const copy = this.photo.copy(...THUMB);
    if (copy) this.querySelector("#new-card .thing-pic").replaceChildren(copy);
  }

  async send(event) {
    event.preventDefault();
    // A second press; `data-once` keeps it from the browser, not from here.
    if (this.form.ariaBusy === "true") return;
    this.form.ariaBusy = "true";
    const told = new FormData(this.form);
    told.delete("photo");
    const photo = await this.photo.blob();
    if (photo) told.set("photo", photo, "photo.jpg");
    const answer = await post(this.form.action, told);
    if (!answer) await this.keep(told);
    else if (answer.redirected) this.leave(answer.url);
    else await this.askAgain(answer);
  }

  leave(address) {
    const good = new URL(address).searchParams.get("new");
    location.assign(good ? `${address}#good-${good}` : address);
  }

  async keep(told) {
    await keepForLater(new URL(this.form.action).pathname, told);
    document.getElementById("unsent").scrollIntoView({ block: "center" });
    this.form.ariaBusy = null;
    this.form.reset();
    this.form.elements.key.value = newKey();
    this.photo.clear();
    this.draw();
  }

  async askAgain(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = document.getElementById("main");
    main.replaceChildren(...page.getElementById("main").children);
    (main.querySelector(".field:has(.error) input, [role=alert]") ?? main).focus();
    scrollTo(0, 0);
  }

  async fillAgain(key) {
    const form = await takeOut(key);
    if (!form) return;
    this.fill(form.fields);
    const photo = form.fields.find(([name]) => name === "photo")?.[1];
    if (photo) this.photo.ready = this.photo.show(photo);
  }
}

customElements.define("new-good", NewGood);
