// Saying what to put up: the browser writes down what it hears and sends it, and says aloud what was understood.
// Without speech recognition the button goes, and the text field does it all.

import { hush, say } from "../js/sound.js";

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
const TROUBLES = {
  "not-allowed": "denied",
  "service-not-allowed": "denied",
  "audio-capture": "denied",
  "no-speech": "silent",
};

class SayGood extends HTMLElement {
  connectedCallback() {
    if (this.dataset.aloud) say(this.dataset.aloud);
    if (!Recognition) return this.withoutHearing();
    this.form = this.querySelector("form[data-say]");
    this.button = this.querySelector("[data-listen]");
    this.button.addEventListener("click", () => (this.hearing ? this.hearing.stop() : this.listen()));
  }

  withoutHearing() {
    this.querySelector("[data-mic]").hidden = true;
    this.querySelector("[data-keyboard-mic]").classList.remove("without-scripts");
  }

  disconnectedCallback() {
    this.hearing?.abort();
  }

  listen() {
    hush();
    this.trouble("");
    this.words = "";
    this.hearing = new Recognition();
    this.hearing.lang = "ko-KR";
    this.hearing.interimResults = true;
    this.hearing.onresult = (event) => this.heard(event.results);
    this.hearing.onerror = (event) => this.failed(event.error);
    this.hearing.onend = () => this.ended();
    try {
      this.hearing.start();
    } catch {
      this.failed("start");
    }
    this.show();
  }

  heard(results) {
    this.words = [...results].map((result) => result[0].transcript).join(" ");
    this.querySelector("[data-live-words]").textContent = this.words;
  }

  // An error ends the listening too, but not in every browser.
  failed(error) {
    this.words = "";
    if (error !== "aborted") this.trouble(TROUBLES[error] ?? "lost");
    this.ended();
  }

  ended() {
    if (!this.hearing) return;
    this.hearing = null;
    this.show();
    if (!this.words.trim()) return;
    const field = this.form.elements.said;
    // What others will read waits for a second look, and goes behind what was written already.
    const waits = this.hasAttribute("data-waits");
    const before = waits ? field.value.trim() : "";
    field.value = `${before} ${this.words.trim()}`.trim().slice(0, field.maxLength);
    if (waits) field.focus();
    else this.form.requestSubmit();
  }

  show() {
    const listening = Boolean(this.hearing);
    this.button.setAttribute("aria-pressed", String(listening));
    for (const words of this.button.querySelectorAll("[data-says]")) {
      words.hidden = (words.dataset.says === "listening") !== listening;
    }
  }

  trouble(kind) {
    for (const words of this.querySelectorAll("[data-trouble]")) words.hidden = words.dataset.trouble !== kind;
    if (kind) this.form.elements.said.focus();
  }
}

customElements.define("say-good", SayGood);
