// Putting something up: the price dial turns in place, what is typed and what is tapped do not contradict each other,
// and the card shows the good as the customer will see it.

const QUIET_MS = 250;

class NewGood extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("click", (event) => this.nudge(event));
    this.form.addEventListener("input", (event) => this.told(event.target));
  }

  nudge(event) {
    const button = event.target.closest("[name=step]");
    if (!button) return;
    event.preventDefault();
    const price = this.form.elements.price_won;
    const wanted = Math.min(Number(price.value || 0) + Number(button.value), Number(price.max));
    if (wanted > 0) price.value = wanted;
    this.told(price);
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
    told.delete("csrfmiddlewaretoken");
    const asked = (this.asked = new URLSearchParams(told).toString());
    const answer = await fetch(`${this.dataset.cardUrl}?${asked}`).catch(() => null);
    if (!answer?.ok || asked !== this.asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const card = page.getElementById("new-card");
    if (card) this.querySelector("#new-card").replaceWith(card);
  }
}

customElements.define("new-good", NewGood);
