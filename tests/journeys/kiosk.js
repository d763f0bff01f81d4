// Walks through a kiosk's screens without loading the page anew, and measures each of them in real millimetres.
//
// `walk({ look, screens, axe })` answers what is wrong: `look` is the words of a button of the first screen ("" for the
// usual look), `screens` a name to { path: words to press, words: what stands above }.
() => {
  const PATIENCE_MS = 8_000;
  const later = (ms) => new Promise((done) => setTimeout(done, ms));
  const say = (one) => (one.ariaLabel || one.innerText).replace(/\s+/g, " ").trim();
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const buttons = () => [...document.querySelectorAll("button")].filter(isShown);

  function find(words) {
    const all = buttons().filter((one) => one.getAttribute("aria-disabled") !== "true");
    return all.find((one) => one.innerText.trim() === words || one.ariaLabel === words) ?? all.find((one) => one.querySelector(".card-name")?.innerText === words);
  }
  async function until(found) {
    const end = Date.now() + PATIENCE_MS;
    while (!found() && Date.now() < end) await later(20);
    return found();
  }
  // Turns pages as long as it is not there.
  async function press(words) {
    while (!find(words) && find("다음 장")) find("다음 장").click();
    const there = await until(() => find(words));
    if (!there) throw new Error(`${words}: no such button on ${document.querySelector("h1").innerText}`);
    there.click();
  }

  const px = (name) => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name));
  const fontOf = (element) => Number.parseFloat(getComputedStyle(element).fontSize);

  function pressable(wrong) {
    const [mm, tap] = [px("--mm"), px("--tap")];
    const { classList } = document.body;
    // Large letters may take the upper third too.
    const part = classList.contains("large") ? 0 : classList.contains("low") ? 1 / 2 : classList.contains("tall") ? 1 / 3 : 0;
    const boxes = buttons().map((one) => [say(one), one.getBoundingClientRect()]);
    for (const [i, [name, box]] of boxes.entries()) {
      if (Math.min(box.width, box.height) < tap - 0.5) wrong.push(`small: ${name}`);
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.top < 0 || box.left < 0) wrong.push(`off the glass: ${name}`);
      if (box.top < innerHeight * part - 2) wrong.push(`too high: ${name}`);
      for (const [other, there] of boxes.slice(i + 1)) {
        const across = Math.max(box.left, there.left) - Math.min(box.right, there.right);
        const down = Math.max(box.top, there.top) - Math.min(box.bottom, there.bottom);
        if (Math.max(across, down) < 4 * mm - 0.5) wrong.push(`close: ${name} and ${other}`);
      }
    }
  }

  function written(wrong) {
    const letter = px("--letter");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !holder.checkVisibility() || holder.closest("noscript")) continue;
      if (fontOf(holder) < letter - 0.5) wrong.push(`tiny: ${walker.currentNode.data}`);
      const range = document.createRange();
      range.selectNodeContents(holder);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      const card = holder.closest("button") ?? document.body;
      const box = card.getBoundingClientRect();
      const air = 0.2 * fontOf(holder) + 2;
      if (left < box.left - 2 || right > box.right + 2 || top < box.top - air || bottom > box.bottom + air)
        wrong.push(`cut: ${walker.currentNode.data}`);
    }
  }

  function whole(wrong) {
    const over = (one) => one.scrollHeight > one.clientHeight + 0.15 * fontOf(one) + 2 || one.scrollWidth > one.clientWidth + 2;
    const parts = [...document.querySelectorAll("#top, #main, #go, #bar, .content, .card, .row, .slip, .price")];
    for (const one of parts) if (isShown(one) && over(one)) wrong.push(`cut off: ${one.id || one.className} ${say(one).slice(0, 30)}`);
    const goods = document.querySelectorAll("body[data-screen-now=goods] .card").length;
    if (goods > 6) wrong.push("too many goods");
    const bar = [...document.querySelectorAll("#bar button")].map((one) => Object.values(one.getBoundingClientRect().toJSON()).map(Math.round).join());
    globalThis.barOf ??= {};
    const key = `${innerWidth}x${innerHeight} ${document.body.className} ${document.body.dataset.screenNow === "idle"}`;
    if ((globalThis.barOf[key] ??= bar.join("|")) !== bar.join("|")) wrong.push("back, start and help stand elsewhere");
  }

  async function blind(wrong) {
    const isHigh = document.documentElement.dataset.contrast === "high";
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const runOnly = isHigh ? { type: "rule", values: ["color-contrast-enhanced"] } : { type: "tag", values };
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
    for (const { id, nodes } of violations) wrong.push(`axe ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }

  // Every part of a screen that is shared out over pages.
  async function measure(withAxe) {
    const wrong = [];
    for (let more = true; more; ) {
      if (withAxe) await blind(wrong);
      else for (const look of [pressable, written, whole]) look(wrong);
      const further = document.querySelector(":is(.content, .go) > .pager .btn-after");
      more = Boolean(further) && further.getAttribute("aria-disabled") !== "true";
      if (more) further.click();
    }
    return wrong;
  }

  globalThis.walk = async ({ look, screens, axe: withAxe = false }) => {
    const wrong = [];
    for (const [name, { path, words }] of Object.entries(screens)) {
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "F4" }));
      if (look) await press(look);
      for (const step of path) await press(step);
      if (!(await until(() => document.querySelector("h1").innerText.replace(/\s+/g, " ").includes(words)))) wrong.push(`${name}: ${words} does not stand above`);
      wrong.push(...(await measure(withAxe)).map((one) => `${name}: ${one}`));
    }
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "F4" }));
    return wrong;
  };
}
