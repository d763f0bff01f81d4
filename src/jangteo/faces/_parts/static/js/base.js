// Small comforts. Every page works without them.

function enhanceSteppers(root) {
  for (const stepper of root.querySelectorAll("[data-stepper]")) {
    const input = stepper.querySelector("input");
    for (const button of stepper.querySelectorAll("[data-step]")) {
      button.hidden = false;
      button.onclick = () => {
        const wanted = Number(input.value || 0) + Number(button.dataset.step);
        input.value = Math.min(Number(input.max), Math.max(Number(input.min), wanted));
        input.dispatchEvent(new Event("input", { bubbles: true }));
      };
    }
  }
}

function enhanceForms(root) {
  for (const field of root.querySelectorAll("[data-autosubmit]")) {
    field.onchange = () => field.form.requestSubmit();
    field.form.querySelector("[data-autosubmit-hides]")?.setAttribute("hidden", "");
  }
  for (const part of root.querySelectorAll("[data-shown-for]")) {
    const [name, value] = part.dataset.shownFor.split("=");
    const show = () => {
      part.hidden = part.closest("form").elements[name].value !== value;
    };
    part.closest("form").addEventListener("change", show);
    show();
  }
}

// A second press of a submit button while the first is under way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.ariaBusy === "true") event.preventDefault();
  else form.ariaBusy = "true";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-once]")) form.ariaBusy = null;
});

export function enhance(root) {
  enhanceSteppers(root);
  enhanceForms(root);
}

enhance(document);
