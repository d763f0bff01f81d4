// An amount of won on big keys in place of the phone's keyboard. Without it the field is an ordinary one.

const LONGEST = 7;

class AmountPad extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.input.inputMode = "none";
    this.onclick = (event) => {
      const key = event.target.closest("[data-key]")?.dataset.key;
      if (key) this.press(key);
    };
    this.input.oninput = () => this.show(this.input.value);
    this.show(this.input.value);
  }

  press(key) {
    const was = this.digits(this.input.value);
    if (key.startsWith("+")) this.show(String(Number(was) + Number(key)));
    else this.show(key === "back" ? was.slice(0, -1) : was + key);
  }

  digits(text) {
    return text.replace(/\D/g, "").replace(/^0+/, "");
  }

  show(text) {
    const digits = this.digits(text).slice(0, LONGEST);
    this.input.value = digits && Number(digits).toLocaleString("ko-KR");
    for (const word of this.closest("form").querySelectorAll("[data-amount-word]"))
      word.textContent = digits ? word.dataset.amountWord.replace("{won}", this.input.value) : word.dataset.noAmount;
  }
}

customElements.define("amount-pad", AmountPad);
