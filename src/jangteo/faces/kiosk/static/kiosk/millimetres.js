// How many pixels a millimetre has on this glass. Nobody tells a browser: until it is measured with a card, the usual
// panels are taken for granted, 21.5 inches for big ones and 10.1 inches for tablets.

const MM_PER_INCH = 25.4;
const BIG_PX = 1500;
const BIG_INCH = 21.5;
const SMALL_INCH = 10.1;
// Screens up to 28 cm are held to smaller letters and buttons.
const SMALL_SCREEN_MM = 280;
const SIZES = { letters: [12, 7.25], targets: [20, 14] };

function diagonal() {
  return Math.hypot(screen.width, screen.height);
}

export function guessed() {
  const inch = Math.max(screen.width, screen.height) >= BIG_PX ? BIG_INCH : SMALL_INCH;
  return diagonal() / (inch * MM_PER_INCH);
}

export function measured() {
  return Number(document.body.dataset.mm) || guessed();
}

// Says whether it is a small screen.
export function apply(mm, isLarge) {
  const isSmall = diagonal() / mm <= SMALL_SCREEN_MM;
  const small = Number(isSmall);
  const { style } = document.documentElement;
  style.setProperty("--mm", `${mm}px`);
  style.setProperty("--letter", `${SIZES.letters[small] * mm * (isLarge ? 2 : 1)}px`);
  style.setProperty("--tap", `${SIZES.targets[small] * mm}px`);
  return isSmall;
}

// The shape of the glass, for the style sheet.
export function shape() {
  return innerWidth >= innerHeight ? "wide" : "tall";
}
