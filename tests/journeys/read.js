// Reads a page with axe the way a screen reader meets it. Put into every page; `readWhole(known)` answers what is wrong.
//
// Everything but colours is looked at in the normal look, and with large letters only where another thing is shown then:
// they change sizes, which measure.js measures, and what is shown. High contrast changes nothing but colours, and large
// letters change none (tests/architecture/test_contrast.py).
//
// Colours are most of the time, and on most screens the same again: the head, the foot, another card of a list. What has
// the same classes inside the same classes, with the same colours all the way up, is looked at once on all screens
// together: `known` are those of earlier screens, and the answer holds the ones that came new.
() => {
  const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
  const NORMAL = ["color-contrast", "link-in-text-block"];
  // The stricter rule keeps silent where the other one has something to say.
  const COLOURS = { normal: NORMAL, high: [...NORMAL, "color-contrast-enhanced"] };
  const SIZES = ["target-size", "scrollable-region-focusable"];
  const OFF = { "color-contrast": { enabled: false }, "link-in-text-block": { enabled: false } };
  // Asked for anew: when this is put into a page there is no element yet.
  const worn = () => document.documentElement.dataset;
  const where = (nodes) => nodes.map(({ target }) => target.join(" ")).join(", ");

  async function read(context, { runOnly, rules = {}, preload = false }) {
    const { violations } = await axe.run(context, { runOnly, rules, preload, resultTypes: ["violations"] });
    const look = `${worn().mode} ${worn().contrast}`;
    return violations.map(({ id, nodes }) => `${look}: axe ${id}: ${where(nodes)}`);
  }

  const wear = (mode, contrast) => Object.assign(worn(), { mode, contrast });
  const shown = () => [...document.body.querySelectorAll("*")].map((one) => Number(one.checkVisibility())).join("");

  // What an element looks like: its own colours and letters, and those of all that it lies in.
  function looksOf() {
    const lying = new Map();
    return (element) => {
      const around = (one) => {
        if (!one) return "";
        if (!lying.has(one)) {
          const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(one);
          const own = `${one.localName}.${[...one.classList].join(".")} ${backgroundColor} ${backgroundImage} ${opacity} ${position}`;
          lying.set(one, `${around(one.parentElement)}>${own}`);
        }
        return lying.get(one);
      };
      const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(element);
      return `${color} ${fontSize} ${fontWeight} ${textDecorationLine} ${element.disabled ?? ""} ${around(element)}`;
    };
  }
  const hasText = (one) => one.matches("input, select, textarea") || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  // Fifty-three bits of a text are enough to tell a few thousand apart.
  function short(text) {
    let [high, low] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < text.length; i += 1) {
      high = Math.imul(high ^ text.charCodeAt(i), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(i), 1597334677);
    }
    return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
  }

  // One element of each look that was not there before.
  function newLooks(contrast, known) {
    const look = looksOf();
    const fresh = new Map();
    for (const one of document.body.querySelectorAll("*")) {
      if (!hasText(one) || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const key = short(`${contrast} ${look(one)}`);
      if (!known.has(key)) fresh.set(key, one);
    }
    for (const key of fresh.keys()) known.add(key);
    return [...fresh.values()];
  }
  async function colours(contrast, known) {
    const include = newLooks(contrast, known);
    worn().contrast = contrast;
    return include.length ? read({ include }, { runOnly: { type: "rule", values: COLOURS[contrast] } }) : [];
  }

  globalThis.readWhole = async (before) => {
    if (!globalThis.axe) loadAxe();
    const known = new Set(before);
    const sheets = short([...document.styleSheets].map(({ href }) => href).join());
    const everything = { runOnly: { type: "tag", values: TAGS }, rules: OFF };
    wear("normal", "normal");
    const inNormal = shown();
    // The stylesheets themselves are read once for all pages that have the same.
    const wrong = await read(document, { ...everything, preload: !known.has(sheets) });
    known.add(sheets);
    wrong.push(...(await colours("normal", known)));
    wear("easy", "normal");
    const isSame = shown() === inNormal;
    wrong.push(...(await read(document, isSame ? { runOnly: { type: "rule", values: SIZES } } : everything)));
    wrong.push(...(await colours("high", known)));
    wear("normal", "normal");
    const came = [...known.difference(new Set(before))];
    return { wrong, known: came };
  };
}
