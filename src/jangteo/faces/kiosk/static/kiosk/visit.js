// One person's visit: where they are, what they chose, how they like to see it. A reload keeps it, the end wipes it.

import { catalogue } from "./catalogue.js";
import { keep, kept } from "./keep.js";
import { mostOf } from "./sums.js";

const MOST_LINES = 50;

function fresh() {
  return {
    trail: [{ name: "idle" }],
    basket: [],
    tender: "",
    phone: "",
    language: "ko",
    look: { large: false, contrast: false, low: false },
    sound: { on: false, volume: 0.8, speed: 1 },
    helped: "",
    isPractice: false,
  };
}

export const visit = fresh();

export function here() {
  return visit.trail.at(-1);
}

export async function remember() {
  // A phone number is never written to the disk but with an order that waits to be sent.
  await keep("visit", { ...visit, phone: "" });
}

export async function recall() {
  Object.assign(visit, fresh(), await kept("visit"));
}

export function wipe() {
  Object.assign(visit, fresh());
}

// What was chosen and can still be had, with its good; what was sold meanwhile drops out by itself.
export function lines() {
  return visit.basket
    .map(({ id, quantity }) => ({ good: catalogue.good(id), quantity }))
    .filter(({ good }) => good && canBuy(good))
    .map(({ good, quantity }) => ({ good, quantity: Math.min(quantity, mostOf(good)) }));
}

export function lost() {
  return visit.basket.length - lines().length;
}

export function isOpen(good) {
  return Boolean(catalogue.stall(good.stall)?.open);
}

export function canBuy(good) {
  return isOpen(good) && !good.sold_out && !good.asks_price && mostOf(good) > 0;
}

export function quantityOf(id) {
  return visit.basket.find((line) => line.id === id)?.quantity ?? 0;
}

export function isFull() {
  return visit.basket.length >= MOST_LINES;
}

export function put(id, quantity) {
  const found = visit.basket.find((line) => line.id === id);
  if (found) found.quantity = quantity;
  else visit.basket.push({ id, quantity });
}

// Returns what puts it back to where it was.
export function takeOut(id) {
  const place = visit.basket.findIndex((line) => line.id === id);
  const [line] = visit.basket.splice(place, 1);
  return () => visit.basket.splice(place, 0, line);
}
