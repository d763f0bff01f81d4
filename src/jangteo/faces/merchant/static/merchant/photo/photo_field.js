// A photo in a form: taken or chosen, shown at once, moved into place, and sent small. Without scripts the two file
// inputs do the same, and the server makes the photo small.
//
// <photo-field> holds the file inputs, [data-preview], [data-tools] with buttons [data-crop="…"], [data-trouble].

import { Crop } from "./crop.js";
import { blank, isHeic, jpeg, opened } from "../../js/shrink.js";

const WIDTH = 1280;
const HEIGHT = 960;

class PhotoField extends HTMLElement {
  connectedCallback() {
    this.inputs = [...this.querySelectorAll("input[type=file]")];
    this.tools = this.querySelector("[data-tools]");
    this.trouble = this.querySelector("[data-trouble]");
    for (const input of this.inputs) input.addEventListener("change", () => this.take(input));
    this.tools.addEventListener("toggle", () => this.crop?.canvas.toggleAttribute("data-movable", this.tools.open));
    this.tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-crop]");
      if (!button) return;
      this.crop.do(button.dataset.crop);
      this.tell();
    });
  }

  async take(input) {
    const file = input.files[0];
    if (!file) return;
    // Only what is drawn anew below is ever sent.
    this.ready = this.show(file);
    await this.ready;
    for (const one of this.inputs) one.value = "";
  }

  async show(file) {
    this.ariaBusy = "true";
    try {
      const source = await opened(file);
      this.trouble.hidden = true;
      this.prepare();
      this.crop.show(source);
      this.tell();
    } catch {
      this.say((await isHeic(file)) ? this.dataset.heic : this.dataset.unreadable);
    } finally {
      this.ariaBusy = null;
    }
  }

  prepare() {
    if (this.crop) return;
    const canvas = blank(WIDTH, HEIGHT);
    canvas.className = "photo";
    canvas.role = "img";
    canvas.ariaLabel = this.dataset.shown;
    this.crop = new Crop(canvas);
    this.querySelector("[data-preview]").replaceChildren(canvas);
    this.tools.hidden = false;
    this.toggleAttribute("data-filled", true);
  }

  say(words) {
    this.trouble.querySelector("span").textContent = words;
    this.trouble.hidden = false;
  }

  tell() {
    this.dispatchEvent(new CustomEvent("photo", { bubbles: true }));
  }

  clear() {
    this.crop = this.ready = null;
    this.querySelector("[data-preview]").replaceChildren();
    this.tools.hidden = true;
    this.toggleAttribute("data-filled", false);
  }

  // The photo as it is to be sent; null without one.
  async blob() {
    await this.ready;
    return this.crop ? jpeg(this.crop.canvas) : null;
  }

  // The same picture in small, for a card.
  copy(width, height) {
    if (!this.crop) return null;
    const canvas = blank(width, height);
    canvas.className = "photo";
    canvas.getContext("2d").drawImage(this.crop.canvas, 0, 0, width, height);
    return canvas;
  }
}

customElements.define("photo-field", PhotoField);
