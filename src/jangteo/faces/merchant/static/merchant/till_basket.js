// What is being sold just now: lines as the server wants them told, and their sum. Kept over a reload by mistake.

const STEP_WON = 10;

// The same sum as the server's, which refuses any other: by weight it is rounded down to 10 won.
export function lineWon({ price_won, price_grams, grams, quantity }) {
  if (!price_grams) return price_won * quantity;
  return Math.floor((price_won * grams) / price_grams / STEP_WON) * STEP_WON;
}

export class Basket {
  constructor(name) {
    this.name = `basket-${name}`;
    this.lines = JSON.parse(sessionStorage.getItem(this.name) ?? "[]");
  }

  get won() {
    return this.lines.reduce((sum, line) => sum + lineWon(line), 0);
  }

  // A piece more of the same thing at the same price is the same line; what was weighed never is.
  add(line) {
    const same = this.lines.find(
      (one) => line.good_id && !line.grams && one.good_id === line.good_id && one.price_won === line.price_won,
    );
    if (same) same.quantity += line.quantity;
    else this.lines.push(line);
    this.keep();
  }

  replace(place, line) {
    this.lines.splice(place, 1, line);
    this.keep();
  }

  remove(place) {
    this.lines.splice(place, 1);
    this.keep();
  }

  fill(lines) {
    this.lines = lines;
    this.keep();
  }

  countOf(goodId) {
    return this.lines.filter((one) => one.good_id === goodId).reduce((sum, one) => sum + one.quantity, 0);
  }

  told() {
    return this.lines.map((line) => ({ ...line, amount_won: lineWon(line) }));
  }

  keep() {
    sessionStorage.setItem(this.name, JSON.stringify(this.lines));
  }
}
