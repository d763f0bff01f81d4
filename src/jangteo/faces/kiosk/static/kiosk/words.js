// What stands on the screens, in both languages: the page brings the texts in two <template>s, translated by the server,
// because a kiosk changes its language without a network.

const texts = {};
for (const language of ["ko", "en"])
  texts[language] = Object.fromEntries(
    [...document.getElementById(`words-${language}`).content.querySelectorAll("[data-word]")].map((word) => [
      word.dataset.word,
      word.textContent.trim(),
    ]),
  );
let language = "ko";

export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
}

export function spoken() {
  return language;
}

// A missing text is a mistake of ours that has to show.
export function t(key, values = {}) {
  const text = texts[language][key];
  if (text === undefined) throw new RangeError(key);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// The English name of a thing where somebody has given it one.
export function named(thing) {
  return (language === "en" && thing.en) || thing.name;
}

export function won(amount) {
  return t("won", { won: amount.toLocaleString("ko-KR") });
}

export function weight(grams) {
  return grams >= 1000 ? `${(grams / 1000).toLocaleString("ko-KR")}kg` : `${grams}g`;
}

export function hours(moment) {
  const at = new Date(moment);
  return t("as_of", { hour: at.getHours(), minute: String(at.getMinutes()).padStart(language === "en" ? 2 : 1, "0") });
}
