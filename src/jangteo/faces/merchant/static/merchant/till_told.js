// What has become of sales: the last one with its way back, and those that the server did not take.

import { say } from "../js/sound.js";
import { outbox } from "./till_outbox.js";

const HOLD_MS = 10_000;
const TOLD_MS = 60_000;

export class Told {
  constructor(root, { undone, mend }) {
    this.last = root.querySelector("[data-last]");
    this.refused = root.querySelector("#till-refused");
    this.row = root.querySelector("[data-refused-row]");
    this.undone = undone;
    this.mend = mend;
    this.last.querySelector("[data-undo]").onclick = () => this.undo();
    outbox.addEventListener("sent", ({ detail }) => this.sent(detail));
    for (const kind of ["changed", "refused"]) outbox.addEventListener(kind, () => this.list());
    this.list();
  }

  async keep(body, won) {
    this.key = await outbox.add("sale", body, { holdMs: HOLD_MS });
    this.body = body;
    const words = this.last.dataset[body.way].replace("{won}", won.toLocaleString("ko-KR"));
    this.show(words, { undo: true });
    say(this.last.dataset.say.replace("{won}", won.toLocaleString("ko-KR")));
    clearTimeout(this.timer);
    const { key } = this;
    this.timer = setTimeout(() => this.late(key), HOLD_MS);
    navigator.storage?.persist?.();
  }

  // Sent or not, it stands: what is to be given back after this is given back like any other sale.
  late(key) {
    if (key !== this.key) return;
    this.last.querySelector("[data-undo]").hidden = true;
    this.timer = setTimeout(() => {
      this.last.hidden = true;
    }, TOLD_MS);
  }

  async undo() {
    const { key, body } = this;
    if (await outbox.takeBack(key)) {
      this.show(this.last.dataset.undone, {});
      this.undone(body);
    } else this.late(key);
  }

  sent({ key, answer }) {
    if (key !== this.key) return;
    const short = answer.short?.length ? this.last.dataset.short.replace("{names}", answer.short.join(", ")) : "";
    const regular =
      answer.times > 1 ? this.last.dataset.times.replace("{who}", answer.customer).replace("{times}", answer.times) : "";
    const more = [regular, short].filter(Boolean).join(" ");
    this.show(this.last.querySelector("[data-last-words]").textContent, { more, answer });
  }

  show(words, { undo = false, more = "", answer = null }) {
    this.last.hidden = false;
    this.last.querySelector("[data-last-words]").textContent = words;
    this.last.querySelector("[data-last-more]").textContent = more;
    this.last.querySelector("[data-undo]").hidden = !undo;
    for (const [name, link] of [
      ["receipt", this.last.querySelector("[data-receipt]")],
      ["back", this.last.querySelector("[data-back]")],
      ["stamp", this.last.querySelector("[data-stamp]")],
    ]) {
      link.hidden = !answer?.[name];
      if (answer?.[name]) link.href = answer[name];
    }
  }

  async list() {
    const found = await outbox.refused();
    this.refused.hidden = found.length === 0;
    this.refused.querySelector("ul").replaceChildren(...found.map((entry) => this.rowOf(entry)));
  }

  rowOf(entry) {
    const row = this.row.content.firstElementChild.cloneNode(true);
    const won = entry.body.lines.reduce((sum, line) => sum + line.amount_won, 0);
    const facts = { number: entry.number, won: won.toLocaleString("ko-KR") };
    const what = row.querySelector("[data-what]");
    what.textContent = what.dataset.what.replace("{number}", facts.number).replace("{won}", facts.won);
    row.querySelector("[data-why]").textContent = entry.answer.words ?? this.refused.dataset.unknown;
    row.querySelector("[data-again]").onclick = () => outbox.retry(entry.key);
    row.querySelector("[data-mend]").onclick = async () => {
      if (await outbox.forget(entry.key)) this.mend(entry.body);
    };
    return row;
  }
}
