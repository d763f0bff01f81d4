// Numbers as rows of clips. All words come with the pack (voice_numbers.toml), so that nothing here is in any language
// but the order in which it puts them.

export const PAUSE = "";

const MOST_WON = 9_999_999;
const MOST_THINGS = 99;
const MAN = 10_000;
const SCALES = [1000, 100, 10, 1];
const TICKET = /^(?:([A-Z])(\d+)-)?(\d{1,6})$/;

// The clips of `value`, whose kind is "won", "count" or "number" (of a ticket: 7 or K1-07). Throws RangeError for one that
// cannot be spoken: a sentence without its number would be worse than none.
export function clipsOf(kind, value, words) {
  const speak = words.middle ? korean : english;
  if (kind === "won" && within(value, 0, MOST_WON)) return speak.won(value, words);
  if (kind === "count" && within(value, 1, MOST_THINGS)) return speak.count(value, words);
  const ticket = kind === "number" && TICKET.exec(value);
  if (!ticket) throw new RangeError(`${kind} ${value}`);
  const [, letter, series, number] = ticket;
  const before = letter ? [words.letters[letter], ...speak.plain(Number(series), words), PAUSE] : [];
  return [...before, ...speak.ticket(Number(number), words)];
}

function within(value, least, most) {
  return Number.isInteger(value) && value >= least && value <= most;
}

const korean = {
  won(won, words) {
    if (won === 0) return [words.nought_won];
    const { middle, end, man, man_end: manEnd } = words;
    const high = Math.floor(won / MAN);
    const low = won % MAN;
    const lone = high === 1; // ten thousand is said without its one
    const amount = (ends, otherwise) => (scale, digit) =>
      ends[scale]?.[digit] ? [ends[scale][digit]] : [otherwise[scale][digit], words.won];
    const above = low
      ? (scale, digit) => [man[scale][lone ? 0 : digit]]
      : (scale, digit) => amount(manEnd, man)(scale, lone ? 0 : digit);
    return [...inPlaces(high, middle, above), ...inPlaces(low, middle, amount(end, middle))];
  },
  count(count, words) {
    const tens = Math.floor(count / 10);
    const ones = count % 10;
    if (!ones) return [words.tens_of_things[tens]];
    return tens ? [words.native_tens[tens], words.things[ones]] : [words.things[ones]];
  },
  plain(number, words) {
    if (number === 0) return [words.nought];
    const { middle, man } = words;
    const high = Math.floor(number / MAN);
    const above = (scale, digit) => [man[scale][high === 1 ? 0 : digit]];
    return [
      ...inPlaces(high, middle, above),
      ...inPlaces(number % MAN, middle, (scale, digit) => [middle[scale][digit]]),
    ];
  },
  ticket(number, words) {
    return [...korean.plain(number, words), words.ticket];
  },
};

// Below 10,000: every digit but the last that is not nought from `middle`, that one from `last`.
function inPlaces(value, middle, last) {
  const said = SCALES.map((scale) => [scale, Math.floor(value / scale) % 10]).filter(([, digit]) => digit);
  return said.flatMap(([scale, digit], place) =>
    place === said.length - 1 ? last(scale, digit) : [middle[scale][digit]],
  );
}

const english = {
  won(won, words) {
    return [...english.plain(won, words), words.won];
  },
  count(count, words) {
    return [...english.plain(count, words), count === 1 ? words.thing : words.things];
  },
  plain(number, words) {
    if (number === 0) return [words.small[0]];
    const millions = Math.floor(number / 1_000_000);
    const thousands = Math.floor(number / 1_000) % 1_000;
    return [
      ...(millions ? [...belowThousand(millions, words), words.million] : []),
      ...(thousands ? [...belowThousand(thousands, words), words.thousand] : []),
      ...belowThousand(number % 1_000, words),
    ];
  },
  ticket(number, words) {
    return english.plain(number, words);
  },
};

function belowThousand(number, words) {
  const hundreds = Math.floor(number / 100);
  const rest = number % 100;
  const spoken = hundreds ? [words.small[hundreds], words.hundred] : [];
  if (rest >= words.small.length) spoken.push(words.tens[Math.floor(rest / 10)]);
  const ones = rest < words.small.length ? rest : rest % 10;
  return ones ? [...spoken, words.small[ones]] : spoken;
}
