// A customer's number on big keys in place of the phone's keyboard, grouped as it grows. Six digits that do not begin
// with 0 are those of the customer's own page and stay ungrouped. Without scripts the field is an ordinary one.

const START = "010";
const LONGEST = 11;

class NumberPad extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.input.inputMode = "none";
    this.onclick = (event) => {
      const digit = event.target.closest("[data-digit]")?.dataset.digit;
      if (digit) this.press(digit);
    };
    this.input.oninput = () => this.write(this.digits());
    this.write(this.digits() || START);
  }

  digits() {
    return this.input.value.replace(/\D/g, "");
  }

  press(digit) {
    const typed = this.digits();
    if (digit === START) this.write(START);
    else this.write(digit === "back" ? typed.slice(0, -1) : typed + digit);
  }

  write(digits) {
    const whole = digits.slice(0, LONGEST);
    if (!whole.startsWith("0")) this.input.value = whole;
    else {
      const [, head, middle, tail] = /^(\d{0,3})(\d{0,4})(\d{0,4})/.exec(whole);
      this.input.value = [head, middle, tail].filter(Boolean).join("-");
    }
  }
}

customElements.define("number-pad", NumberPad);
