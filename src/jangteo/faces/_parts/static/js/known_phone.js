// A customer gives a phone number on somebody else's screen to be known: nothing to install. Nothing leaves the device
// here: whoever stands around it sends `digits` along with the sale. It is shown masked as soon as it is whole.
// Events: "known" (detail: the digits, "" when taken back).

const MOBILE = /^01[016789]\d{7,8}$/;

class KnownPhone extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.error = this.querySelector(".error");
    this.onclick = (event) => {
      const { known, digit } = event.target.closest("[data-known], [data-digit]")?.dataset ?? {};
      if (digit) this.press(digit);
      else if (known) this.answer(known);
    };
    this.input.oninput = () => this.write(this.input.value.replace(/\D/g, ""));
    this.forget();
  }

  get digits() {
    return this.agreed ?? "";
  }

  forget() {
    this.agreed = "";
    this.write("010");
    this.show("");
  }

  press(digit) {
    const typed = this.input.value.replace(/\D/g, "");
    if (digit === "010") this.write("010");
    else this.write(digit === "back" ? typed.slice(0, -1) : typed + digit);
  }

  write(digits) {
    const [, head, middle, tail] = /^(\d{0,3})(\d{0,4})(\d{0,4})/.exec(digits);
    this.input.value = [head, middle, tail].filter(Boolean).join("-");
    this.error.hidden = true;
  }

  answer(known) {
    if (known === "ask") this.show("ask");
    else if (known === "no") this.agree("");
    else this.check();
  }

  check() {
    const digits = this.input.value.replace(/\D/g, "");
    this.error.hidden = MOBILE.test(digits);
    if (this.error.hidden) this.agree(digits);
  }

  agree(digits) {
    if (digits) {
      this.agreed = digits;
      this.querySelector("[data-known-shown]").textContent = `${digits.slice(0, 3)}-****-${digits.slice(-4)}`;
      this.show("is");
    } else this.forget();
    this.dispatchEvent(new CustomEvent("known", { detail: digits, bubbles: true }));
  }

  show(part) {
    for (const one of this.querySelectorAll("[data-known-part]")) one.hidden = one.dataset.knownPart !== part;
    this.querySelector('[data-known="ask"]').hidden = part !== "";
    if (part === "ask") this.input.focus();
  }
}

customElements.define("known-phone", KnownPhone);
