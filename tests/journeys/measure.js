// Measures a page the way a thumb and an old eye do. Put into every page; `measure(rules)` answers what is wrong.
//
// Sizes count the pressable area: a link stretched over its card counts as the card, a radio button as its label.
// Links inside a sentence are as high as their line, which WCAG 2.5.8 allows; everything else must be large enough.
() => {
  const PRESSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']";
  // Keys that belong to one thing and lie as close as on a telephone; each is as large as any other target.
  const ONE_THING = ".pad, .keys, .stepper, .streets";

  const name = (element) => {
    const words = (element.getAttribute("aria-label") || element.innerText || element.name || element.id || "").trim();
    return `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} “${words.replace(/\s+/g, " ").slice(0, 30)}”`;
  };
  const isShown = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const { width, height, bottom, right } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1 || bottom + scrollY < 0 || right < 0) return false;
    return !element.closest(".sr");
  };
  const holder = (element) => {
    const label = element.matches("[type=radio], [type=checkbox]") ? element.closest("label") : null;
    if (label) return label;
    const after = getComputedStyle(element, "::after");
    const stretched = after.content !== "none" && after.position === "absolute" && after.inset === "0px";
    if (!stretched) return element;
    return getComputedStyle(element).position === "static" ? element.offsetParent : element;
  };
  const isInSentence = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    const around = element.closest("p, li, dd, td, th, figcaption") ?? element.parentElement;
    return around.innerText.trim().length > element.innerText.trim().length;
  };
  const isFixed = (element) => {
    for (let part = element; part; part = part.parentElement)
      if (["fixed", "sticky"].includes(getComputedStyle(part).position)) return true;
    return false;
  };
  const targets = () =>
    [...document.querySelectorAll(PRESSABLE)]
      .map((element) => ({ element, area: holder(element) }))
      .filter(({ area }) => isShown(area))
      .map(({ element, area }) => ({ element, area, box: area.getBoundingClientRect() }));
  const standingAlone = () => targets().filter(({ element }) => !isInSentence(element));

  function small(found, smallest) {
    return found
      .filter(({ box }) => Math.min(box.width, box.height) < smallest - 0.5)
      .map(({ element, box }) => `target ${Math.round(box.width)}×${Math.round(box.height)} < ${smallest}: ${name(element)}`);
  }

  function crowded(found, least) {
    const wrong = [];
    for (const [i, one] of found.entries()) {
      for (const other of found.slice(i + 1)) {
        // The gap first: it costs nothing to know, and hardly any two are too close.
        const gap = gapBetween(one.box, other.box);
        if (gap >= least - 0.5 || areTogether(one, other)) continue;
        wrong.push(`gap ${Math.round(gap)} < ${least}: ${name(one.element)} and ${name(other.element)}`);
      }
    }
    return wrong;
  }
  function gapBetween(one, other) {
    const across = Math.max(one.left, other.left) - Math.min(one.right, other.right);
    const down = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom);
    return Math.max(across, down);
  }
  function areTogether(one, other) {
    if (one.area.contains(other.area) || other.area.contains(one.area)) return true;
    const composite = one.element.closest(ONE_THING);
    if (composite && composite === other.element.closest(ONE_THING)) return true;
    return isOver(one, other) || isOver(other, one) || isFixed(one.element) !== isFixed(other.element);
  }
  // A button lying on a card that is itself a link: another layer, not a neighbour.
  const isOver = (upper, lower) => lower.area !== lower.element && lower.area.contains(upper.element);

  function tiny(smallest, body) {
    const wrong = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const known = new Set();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || known.has(element)) continue;
      known.add(element);
      if (!isShown(element) || element.closest("noscript, script, style")) continue;
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      if (size < smallest - 0.01) wrong.push(`text ${size}px < ${smallest}: “${walker.currentNode.data.trim().slice(0, 30)}”`);
    }
    const main = Number.parseFloat(getComputedStyle(document.body).fontSize);
    if (main < body) wrong.push(`body text ${main}px < ${body}`);
    return wrong;
  }

  function sideways() {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => isShown(element) && element.getBoundingClientRect().right > width + 0.5,
    );
    const inner = wide.filter((element) => ![...element.children].some((child) => wide.includes(child)));
    const where = inner.slice(0, 3).map(name).join(", ");
    return [`scrolls sideways: ${document.scrollingElement.scrollWidth} > ${width}: ${where}`];
  }

  // With large letters neither a drawing nor a sign is enough to name a button.
  function wordless() {
    if (document.documentElement.dataset.mode !== "easy") return [];
    return [...document.querySelectorAll("button, a[href], summary")]
      .filter((element) => isShown(element) && !hasWords(element))
      .map((element) => `a button without words: ${name(element)}`);
  }
  function hasWords(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (/[\p{L}\p{N}]/u.test(data) && isShown(parentElement)) return true;
    }
    return false;
  }

  function measure({ target, gap, text, body }) {
    const found = standingAlone();
    return [...small(found, target), ...crowded(found, gap), ...tiny(text, body), ...wordless(), ...sideways()];
  }
  // Puts on one look after the other; `rules` only where sizes are measured, sideways scrolling is found everywhere.
  globalThis.inLooks = (looks, find) =>
    looks.flatMap(({ wear, rules }) => {
      Object.assign(document.documentElement.dataset, wear);
      return find(rules).map((one) => `${wear.mode} ${innerWidth}px: ${one}`);
    });
  globalThis.sideways = sideways;
  globalThis.measure = measure;

  // How far things jumped about while the page came, as browsers count it, until somebody did something.
  let shifted = 0;
  let isTouched = false;
  for (const kind of ["pointerdown", "keydown", "change"]) addEventListener(kind, () => (isTouched = true), true);
  // What is called good; the first screens keep to 0.05, as the bench measures it on a slow phone.
  const MOST_SHIFTED = 0.1;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput && !isTouched) shifted += value;
  }).observe({ type: "layout-shift", buffered: true });

  const jumps = () => (shifted > MOST_SHIFTED ? [`jumped about by ${shifted.toFixed(3)}`] : []);
  const MOST_PICTURES = 80_000;
  function pictures() {
    const fetched = [...document.images].filter(({ currentSrc }) => currentSrc.startsWith("http"));
    const isFirst = (image) => isShown(image) && image.getBoundingClientRect().top + scrollY < innerHeight;
    const weight = ({ currentSrc }) => performance.getEntriesByName(currentSrc)[0]?.encodedBodySize ?? 0;
    const addresses = new Map(fetched.filter(isFirst).map((image) => [image.currentSrc, weight(image)]));
    const bytes = [...addresses.values()].reduce((sum, one) => sum + one, 0);
    return [
      ...fetched.filter((image) => !isFirst(image) && image.loading !== "lazy").map(({ src }) => `loads at once: ${src}`),
      ...fetched.filter((image) => !image.hasAttribute("width") || !image.hasAttribute("height")).map(({ src }) => `no size: ${src}`),
      ...(bytes > MOST_PICTURES ? [`${bytes} bytes of pictures in first sight`] : []),
    ];
  }
  const moving = () =>
    document.getAnimations().filter(({ playState }) => playState === "running").map(({ effect }) => `moves: ${name(effect.target)}`);

  globalThis.firstLook = () => {
    // The office is who others call.
    const isOffice = document.documentElement.dataset.face === "office";
    const help = isOffice || [...document.querySelectorAll("a[href^='tel:'], a[href$='/help/']")].some(isShown);
    const opened = [...document.querySelectorAll("dialog[open], :popover-open")].map(name);
    return [
      ...(help ? [] : ["no way to help in one tap"]),
      ...opened.map((one) => `opened by itself: ${one}`),
      ...(document.documentElement.lang ? [] : ["no language"]),
      // A board loads once and keeps all of it for when the network goes.
      ...(location.pathname.startsWith("/b/") ? [] : [...jumps(), ...pictures()]),
      ...moving(),
    ];
  };

  // `startWalk()` answers how often to press Tab; `walked()` what that missed and where one could not see it.
  const seen = new Map();
  const isLit = (element) => {
    for (let part = element, up = 0; part && up < 4; part = part.parentElement, up += 1) {
      const { outlineStyle, outlineWidth } = getComputedStyle(part);
      if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 3) return true;
    }
    return false;
  };
  const isCovered = (element) => {
    const { left, top, width, height } = holder(element).getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return !there || !(holder(element).contains(there) || there.contains(element));
  };
  document.addEventListener("focusin", ({ target }) => {
    if (target.tabIndex < 0) return;
    seen.set(target, { lit: isLit(target), covered: false });
  });
  // Only before the next step has the browser brought it into sight, as far as it does.
  const settle = () => {
    const target = document.activeElement;
    if (seen.has(target)) seen.get(target).covered = isCovered(target);
  };
  addEventListener("keydown", settle, true);
  globalThis.startWalk = () => {
    seen.clear();
    document.activeElement?.blur();
    // Inside a field for a time Tab stops at the hour, the minute, the half of the day and the clock; so for a day.
    return targets().length + 3 * document.querySelectorAll("[type=time], [type=date]").length + 4;
  };
  globalThis.walked = () => {
    settle();
    const group = (element) => (element.type === "radio" ? element.name : element);
    const reached = new Set([...seen.keys()].map(group));
    const missed = targets().filter(({ element }) => element.tabIndex >= 0 && !element.disabled && !reached.has(group(element)));
    return [
      ...missed.map(({ element }) => `Tab never reaches ${name(element)}`),
      ...[...seen].filter(([, { lit }]) => !lit).map(([element]) => `no focus to see on ${name(element)}`),
      ...[...seen].filter(([, { covered }]) => covered).map(([element]) => `focus hidden behind something: ${name(element)}`),
    ];
  };
}
