// Elements without a template language: el("button", { class: "btn", onclick: go }, icon("check"), "Yes").
// A property that begins with "on" listens, true and false switch an attribute, null leaves it out.

const SVG = "http://www.w3.org/2000/svg";

export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function drawn(name, properties = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function icon(name) {
  const shape = drawn("use", { href: `${document.body.dataset.icons}#${name}` });
  return drawn("svg", { class: "icon", "aria-hidden": "true", viewBox: "0 0 24 24" }, shape);
}

export function picture(address, words = "") {
  return el("span", { class: "pic" }, address ? el("img", { src: address, alt: words, width: 256, height: 256 }) : icon("package"));
}

// The one way to press something. `digit` is the key of a keypad that does the same.
export function button(words, press, { kind = "", sign = null, digit = null, pressed = null, off = false, label = null } = {}) {
  const properties = { type: "button", class: `btn ${kind}`.trim(), onclick: press, "data-digit": digit, "aria-label": label };
  return el(
    "button",
    { ...properties, "aria-pressed": pressed === null ? null : String(pressed), "aria-disabled": off ? "true" : null },
    sign && icon(sign),
    el("span", {}, words),
  );
}
