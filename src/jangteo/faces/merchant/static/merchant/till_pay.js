// Taking the money: what the customer handed over, what goes back, and who the customer is.

import { say } from "../js/sound.js";

export class PayDesk {
  constructor(root) {
    this.root = root;
    this.back = root.querySelector("[data-change]");
    this.phone = root.querySelector("known-phone");
    root.addEventListener("click", (event) => {
      const bill = event.target.closest("[data-bill]")?.dataset.bill;
      if (bill) this.give(bill === "none" ? -this.given : Number(bill));
    });
  }

  open(won) {
    this.won = won;
    this.give(-(this.given ?? 0));
    for (const place of this.root.querySelectorAll("[data-total]")) place.textContent = won.toLocaleString("ko-KR");
    say(this.root.dataset.sayTotal.replace("{won}", won.toLocaleString("ko-KR")));
  }

  // Notes add up as they are laid down: two of ten thousand are two taps.
  give(won) {
    this.given = (this.given ?? 0) + won;
    const { dataset } = this.back;
    const left = this.given - this.won;
    const kind = !this.given ? "none" : left < 0 ? "less" : left ? "more" : "even";
    this.back.textContent = dataset[kind]
      .replace("{given}", this.given.toLocaleString("ko-KR"))
      .replace("{won}", Math.abs(left).toLocaleString("ko-KR"));
    this.back.dataset.kind = kind;
    if (kind === "more") say(this.root.dataset.sayChange.replace("{won}", left.toLocaleString("ko-KR")));
  }

  finish() {
    const { digits } = this.phone;
    this.phone.forget();
    this.given = 0;
    return digits;
  }
}
