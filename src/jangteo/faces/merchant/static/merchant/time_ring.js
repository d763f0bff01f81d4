// The time a code has left, as a ring that grows shorter and in words. The server decides when it is over.

import { refresh } from "../js/live.js";

const LATE_S = 30;

class TimeRing extends HTMLElement {
  connectedCallback() {
    this.ends = Date.now() + Number(this.dataset.left) * 1000;
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const left = Math.max(0, Math.round((this.ends - Date.now()) / 1000));
    const words = this.dataset.words.replace("{minutes}", Math.floor(left / 60)).replace("{seconds}", left % 60);
    this.querySelector("[data-time]").textContent = words;
    this.querySelector(".scan-left").style.strokeDashoffset = 100 - (100 * left) / Number(this.dataset.whole);
    this.toggleAttribute("data-is-late", left <= LATE_S);
    if (left) return;
    clearInterval(this.timer);
    setTimeout(refresh, 1000);
  }
}

customElements.define("time-ring", TimeRing);
