// A form with nothing but a photo in it, sent small. Where the line is down it says so and keeps the photo for another try.

import { post } from "../unsent.js";

class PhotoForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.photo = this.querySelector("photo-field");
    this.form.addEventListener("submit", (event) => this.send(event));
  }

  async send(event) {
    event.preventDefault();
    if (this.form.ariaBusy === "true") return;
    this.form.ariaBusy = "true";
    const told = new FormData(this.form);
    told.delete("photo");
    const photo = await this.photo.blob();
    if (photo) told.set("photo", photo, "photo.jpg");
    const answer = photo && (await post(location.pathname, told));
    if (answer?.redirected) location.assign(answer.url);
    else this.photo.say(photo ? this.dataset.lost : this.dataset.none);
    this.form.ariaBusy = null;
  }
}

customElements.define("photo-form", PhotoForm);
