// Walks through a kiosk's screens without loading the page anew, and measures each of them in real millimetres.
//
// `walk({ look, screens, axe })` answers what is wrong: `look` are the words of the buttons of the first screen that are
// pressed before ([] for the usual look), `screens` a name to { path: words to press, words: what stands above }. The
// words are Korean ones, whatever the language of the glass. A step in brackets is something that happens to it.
() => {
  const PATIENCE_MS = 8_000;
  const LOOK_AGAIN_MS = 5;
  const MOST_PARTS = 12;
  const really = { fetch: globalThis.fetch, setTimeout: globalThis.setTimeout };
  const later = (ms) => new Promise((done) => really.setTimeout.call(globalThis, done, ms));
  const say = (one) => (one.ariaLabel || one.innerText).replace(/\s+/g, " ").trim();
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const buttons = () => [...document.querySelectorAll("button")].filter(isShown);
  const title = () => document.querySelector("h1").innerText.replace(/\s+/g, " ");

  // Nothing that is measured leaves the kiosk; the server is quick, slow, unwilling or away as the screen wants it.
  const usual = { order: () => said(200, { total_won: 2_578_000, differences: [] }), help: () => said(200, { say: HELPER }), hurried: 0 };
  const HELPER = "김도움 도우미가 북문 앞 키오스크로 가고 있어요. 5분쯤 걸려요.";
  const CHANGED = [{ name: "얼리지않은제주은갈치토막조림용큰것", now_won: 1_289_000 }];
  const SENTENCE = "얼리지않은제주은갈치토막조림용큰것 값이 올랐어요. 다시 확인해 주세요.";
  let now = usual;
  let release = () => {};
  const said = (status, body) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
  const HAPPENS = {
    "(nobody answers)": () => (now = { ...usual, order: () => new Promise((done) => (release = () => done(usual.order()))) }),
    "(no network)": () => (now = { ...usual, hurried: 5_000, order: lost, help: lost }),
    "(refused)": () => (now = { ...usual, order: () => said(422, { code: "no", sentence: SENTENCE }) }),
    "(another price)": () => (now = { ...usual, order: () => said(200, { total_won: 1_289_000, differences: CHANGED }) }),
    "(a minute goes by)": () => {
      now = { ...usual, hurried: 60_000 };
      document.dispatchEvent(new Event("pointerdown"));
    },
  };
  const lost = () => Promise.reject(new TypeError("no network"));
  globalThis.fetch = async (url, options) => {
    const { ordersUrl, helpUrl } = document.body.dataset;
    const answer = { [ordersUrl]: () => now.order(), [helpUrl]: () => now.help() }[url];
    return answer ? answer() : really.fetch.call(globalThis, url, options);
  };
  globalThis.setTimeout = (work, ms, ...more) => really.setTimeout.call(globalThis, work, ms === now.hurried ? 0 : ms, ...more);

  // English words by the Korean ones, as the page itself has them, and the English names of things.
  const english = [];
  const texts = (language) => [...document.getElementById(`words-${language}`).content.querySelectorAll("[data-word]")];
  async function learn() {
    const { goods, kinds, tenders } = await (await really.fetch.call(globalThis, document.body.dataset.catalogueUrl)).json();
    english.push(...[...goods, ...kinds, ...tenders].filter(({ en }) => en).map(({ name, en }) => [name, en]));
    const [korean, foreign] = ["ko", "en"].map(texts);
    const whole = (word) => word.textContent.trim().replace(/\{\w+\}/g, "").trim();
    english.push(...korean.map((word, i) => [whole(word), whole(foreign[i])]));
  }
  const spoken = (words) =>
    document.documentElement.lang === "en" ? ((english.find(([ko]) => ko === words) ?? english.find(([ko]) => ko.includes(words)))?.[1] ?? words) : words;

  function find(words) {
    const all = buttons().filter((one) => one.getAttribute("aria-disabled") !== "true");
    return all.find((one) => one.innerText.trim() === words || one.ariaLabel === words) ?? all.find((one) => one.querySelector(".card-name")?.innerText === words);
  }
  async function until(found) {
    const end = Date.now() + PATIENCE_MS;
    while (!found() && Date.now() < end) await later(LOOK_AGAIN_MS);
    return found();
  }
  // Turns pages as long as it is not there.
  async function press(step) {
    if (HAPPENS[step]) return HAPPENS[step]();
    const words = spoken(step);
    for (let part = 1; part < MOST_PARTS && !find(words) && find(spoken("다음 장")); part += 1) find(spoken("다음 장")).click();
    const there = await until(() => find(words));
    if (!there) throw new Error(`${words}: no such button on ${title()}`);
    return there.click();
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
    const key = `${innerWidth}x${innerHeight} ${document.documentElement.lang} ${document.body.className} ${document.body.dataset.screenNow === "idle"} ${Boolean(document.querySelector(".practice"))}`;
    if ((globalThis.barOf[key] ??= bar.join("|")) !== bar.join("|")) wrong.push("back, start and help stand elsewhere");
  }

  // High contrast changes nothing but colours, which tests/architecture/test_contrast.py sees to.
  async function blind(wrong) {
    const { dataset } = document.documentElement;
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const looks = { normal: { type: "tag", values }, high: { type: "rule", values: ["color-contrast", "color-contrast-enhanced"] } };
    for (const [contrast, runOnly] of Object.entries(looks)) {
      dataset.contrast = contrast;
      const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
      for (const { id, nodes } of violations) wrong.push(`axe ${id} ${contrast}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    }
    dataset.contrast = "normal";
  }

  // Every part of a screen that is shared out over pages. Answers how many there were.
  async function measure(wrong, withAxe) {
    for (let part = 1; part <= MOST_PARTS; part += 1) {
      for (const look of [pressable, written, whole]) look(wrong);
      if (withAxe) await blind(wrong);
      const further = document.querySelector(":is(.content, .go) > .pager .btn-after");
      if (!further || further.getAttribute("aria-disabled") === "true") return part;
      further.click();
    }
    wrong.push("turning its pages comes to no end");
    return MOST_PARTS;
  }

  async function afresh(look) {
    now = usual;
    release();
    await until(() => document.body.dataset.screenNow !== "sending");
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "F4" }));
    for (const words of look) await press(words);
  }
  globalThis.reach = async ({ look, path }) => {
    if (!english.length) await learn();
    await afresh(look);
    for (const step of path) await press(step);
  };

  // One after the other in the order of their paths: where one screen leads to the next, it is gone on from there.
  globalThis.walk = async ({ look, screens, axe: withAxe = false }) => {
    if (!english.length) await learn();
    const wrong = [];
    const inOrder = Object.entries(screens).sort(([, one], [, other]) => (one.path.join() < other.path.join() ? -1 : 1));
    let at = null;
    for (const [name, { path, words }] of inOrder) {
      const isFurther = at && at.every((step, i) => step === path[i]);
      if (!isFurther) await afresh(look);
      for (const step of path.slice(isFurther ? at.length : 0)) await press(step);
      if (!(await until(() => title().includes(spoken(words))))) wrong.push(`${name}: ${words} does not stand above, but ${title()}`);
      const found = [];
      at = (await measure(found, withAxe)) === 1 ? path : null;
      wrong.push(...found.map((one) => `${name}: ${one}`));
    }
    await afresh([]);
    return wrong;
  };
}
