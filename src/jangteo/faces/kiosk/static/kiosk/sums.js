// What a line costs: the same arithmetic as the server's (domains/ordering/rules.py), which has the last word.

const WEIGHED_STEP_WON = 10;
const CEILING_STEP_WON = 100;
const SLACK_PERCENT = 15;
const MOST_OF_ONE = 99;

export function lineWon(good, quantity) {
  if (good.price_grams === null) return good.price_won * quantity;
  const exact = Math.floor((good.price_won * good.unit_grams * quantity) / good.price_grams);
  return Math.floor(exact / WEIGHED_STEP_WON) * WEIGHED_STEP_WON;
}

// The most that a weighed line may cost; null where nothing is weighed.
export function ceilingWon(good, quantity) {
  if (good.price_grams === null) return null;
  const step = CEILING_STEP_WON * 100;
  return Math.ceil((lineWon(good, quantity) * (100 + SLACK_PERCENT)) / step) * CEILING_STEP_WON;
}

export function mostOf(good) {
  return good.left === null ? MOST_OF_ONE : Math.min(MOST_OF_ONE, good.left);
}

export function totals(lines) {
  const isAbout = lines.some(({ good }) => good.price_grams !== null);
  const most = lines.reduce((sum, { good, quantity }) => sum + (ceilingWon(good, quantity) ?? lineWon(good, quantity)), 0);
  return {
    count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    won: lines.reduce((sum, { good, quantity }) => sum + lineWon(good, quantity), 0),
    most: isAbout ? most : null,
  };
}
