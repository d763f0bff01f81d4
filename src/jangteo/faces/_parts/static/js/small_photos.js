// <small-photos> around one <input type="file" multiple>: what is chosen is made small and drawn anew before it is sent,
// so that neither megabytes nor what the camera wrote into the file (place, time, owner) leave the phone, and is shown
// with a button that takes it out again. Without scripts the input works as it is, and the server makes photos small.

import { blank, jpeg, opened } from "./shrink.js";

const WIDTH = 1280;

class SmallPhotos extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.shown = this.querySelector("[data-shown]");
    this.trouble = this.querySelector("[data-trouble]");
    this.photos = [];
    this.input.addEventListener("change", () => this.take());
    this.shown.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.photos.splice([...this.shown.children].indexOf(button.parentElement), 1);
      this.show();
      this.input.focus();
    });
  }

  async take() {
    const chosen = [...this.input.files];
    this.ariaBusy = "true";
    this.tell("");
    for (const file of chosen) {
      if (this.photos.length >= Number(this.dataset.most)) this.tell(this.dataset.tooMany);
      else await this.add(file);
    }
    this.ariaBusy = null;
    this.show();
  }

  async add(file) {
    try {
      const whole = await opened(file);
      const canvas = blank(Math.min(WIDTH, whole.width), (Math.min(WIDTH, whole.width) / whole.width) * whole.height);
      canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
      canvas.role = "img";
      canvas.ariaLabel = this.dataset.photo;
      this.photos.push({ canvas, file: new File([await jpeg(canvas)], "photo.jpg", { type: "image/jpeg" }) });
    } catch {
      this.tell(this.dataset.unreadable);
    }
  }

  show() {
    const kept = new DataTransfer();
    for (const { file } of this.photos) kept.items.add(file);
    this.input.files = kept.files;
    this.shown.replaceChildren(...this.photos.map(({ canvas }) => this.one(canvas)));
  }

  // The canvas itself: the pages' security policy shows no files that only this browser knows.
  one(canvas) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-s";
    button.textContent = this.dataset.remove;
    item.append(canvas, button);
    return item;
  }

  tell(words) {
    this.trouble.querySelector("span").textContent = words;
    this.trouble.hidden = !words;
  }
}

customElements.define("small-photos", SmallPhotos);
