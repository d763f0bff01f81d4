// The number pad of the scale: big keys in place of the phone's keyboard, and the amount as the number grows.

const LONGEST = 6;
const STEP_WON = 10;

class WeighPad extends HTMLElement {
  connectedCallback() {
    this.inputs = [...this.querySelectorAll("input")];
    this.output = this.querySelector("output");
    for (const input of this.inputs) {
      input.inputMode = "none";
      input.onfocus = () => this.aim(input);
      input.oninput = () => this.count();
    }
    this.onclick = (event) => {
      const key = event.target.closest("[data-key]")?.dataset.key;
      if (key) this.press(key);
    };
    this.aim(this.inputs.at(-1));
    this.count();
  }

  aim(input) {
    this.aimed = input;
    this.fresh = true;
    for (const one of this.inputs) one.toggleAttribute("data-aimed", one === input);
  }

  // The first key replaces an earlier weight, the next ones continue it.
  press(key) {
    const before = this.fresh && key !== "back" ? "" : this.aimed.value;
    this.fresh = false;
    const typed = key === "back" ? before.slice(0, -1) : before + key;
    this.aimed.value = typed.replace(/^0+/, "").slice(0, Math.min(LONGEST, this.aimed.maxLength));
    this.count();
  }

  grams() {
    const number = (name) => Number(this.inputs.find((input) => input.name === name)?.value || 0);
    return number("geun") * Number(this.dataset.geunGrams || 0) + number("grams");
  }

  // The same sum as the server's: rounded down to 10 won. The server decides.
  count() {
    const grams = this.grams();
    const steps = Math.floor((Number(this.dataset.priceWon) * grams) / (Number(this.dataset.priceGrams) * STEP_WON));
    const won = steps * STEP_WON;
    const isOver = won > Number(this.dataset.ceilingWon);
    const words = this.output.dataset[!(grams > 0) ? "empty" : isOver ? "over" : "won"];
    this.output.textContent = words.replace("{won}", won.toLocaleString("ko-KR"));
    this.output.toggleAttribute("data-is-over", isOver);
    this.output.toggleAttribute("data-is-empty", !(grams > 0));
  }
}

customElements.define("weigh-pad", WeighPad);
