// Nobody touches it any more: it asks after a minute, waits half a minute for an answer, and only then forgets.

const ASK_MS = 60_000;
const WAIT_SECONDS = 30;
let timer = 0;
let ticking = 0;
let doings = null;

function ask() {
  let left = WAIT_SECONDS;
  doings.ask(left);
  ticking = setInterval(() => {
    left -= 1;
    if (left > 0) {
      doings.tick(left);
      return;
    }
    clearInterval(ticking);
    doings.end();
  }, 1000);
}

// Somebody is there: begin anew. As often as it takes.
export function touched() {
  clearTimeout(timer);
  clearInterval(ticking);
  if (doings?.isBusy()) timer = setTimeout(ask, ASK_MS);
}

export function watch(given) {
  doings = given;
  // A finger anywhere is an answer, but the question stays until its button is pressed.
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => doings.isAsking() || touched());
  touched();
}
