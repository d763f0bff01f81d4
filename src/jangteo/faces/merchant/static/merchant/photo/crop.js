// Which 4:3 part of a photo is shown: moved and enlarged by finger, or by the buttons that say so.

import { turned } from "../../js/shrink.js";

const RATIO = 4 / 3;
const CLOSEST = 4;
const STEP = 0.12;
const ENLARGE = 1.25;

export class Crop {
  constructor(canvas) {
    this.canvas = canvas;
    this.fingers = new Map();
    canvas.addEventListener("pointerdown", (event) => this.touch(event));
    canvas.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, (event) => this.fingers.delete(event.pointerId));
  }

  show(source) {
    this.source = source;
    this.closeness = 1;
    this.x = source.width / 2;
    this.y = source.height / 2;
    this.draw();
  }

  get width() {
    return Math.min(this.source.width, this.source.height * RATIO) / this.closeness;
  }

  draw() {
    const [width, height] = [this.width, this.width / RATIO];
    const within = (place, side, whole) => Math.min(whole - side / 2, Math.max(side / 2, place));
    this.x = within(this.x, width, this.source.width);
    this.y = within(this.y, height, this.source.height);
    const pen = this.canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    // What is see-through in a drawing would be black in a JPEG.
    pen.fillStyle = "#f7f7f2";
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    const from = [this.x - width / 2, this.y - height / 2, width, height];
    pen.drawImage(this.source, ...from, 0, 0, this.canvas.width, this.canvas.height);
  }

  // By parts of what is seen: the picture goes where the word says.
  move(right, down) {
    this.x -= right * this.width;
    this.y -= (down * this.width) / RATIO;
    this.draw();
  }

  enlarge(by) {
    this.closeness = Math.min(CLOSEST, Math.max(1, this.closeness * by));
    this.draw();
  }

  do(deed) {
    const deeds = {
      closer: () => this.enlarge(ENLARGE),
      farther: () => this.enlarge(1 / ENLARGE),
      left: () => this.move(-STEP, 0),
      right: () => this.move(STEP, 0),
      up: () => this.move(0, -STEP),
      down: () => this.move(0, STEP),
      turn: () => this.show(turned(this.source)),
    };
    deeds[deed]();
  }

  touch(event) {
    if (!this.source || !this.canvas.matches("[data-movable]")) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, event);
  }

  drag(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const other = [...this.fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    this.fingers.set(event.pointerId, event);
    if (other) {
      const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY) || 1;
      this.enlarge(apart(event) / apart(before));
    } else {
      const { clientWidth, clientHeight } = this.canvas;
      this.move((event.clientX - before.clientX) / clientWidth, (event.clientY - before.clientY) / clientHeight);
    }
  }
}
