// A paired screen calls in once a minute, and loads itself again when somebody asks, when it is taken down, and after
// half a day: what opens its stream of news is good for sixteen hours only.
//
// <body data-seen-url data-seen-token data-reload-mark>; `start(mayReload)` lets a face wait for whoever stands there.
// `start(mayReload, unsent)`: what it has not been able to send, counted anew for each call.

const CALLS_IN_MS = 60_000;
const AGAIN_MS = 5_000;
const HALF_A_DAY_MS = 12 * 3600_000;
const { seenUrl, seenToken, reloadMark } = document.body.dataset;
const loadedAt = Date.now();
let mayReload = () => true;
let unsent = () => 0;
let isWanted = false;

function reload() {
  if (!mayReload()) {
    if (!isWanted) setTimeout(retry, AGAIN_MS);
    isWanted = true;
    return;
  }
  location.reload();
}

function retry() {
  isWanted = false;
  reload();
}

async function callIn() {
  try {
    const answer = await fetch(seenUrl, {
      method: "POST",
      headers: { "X-CSRFToken": seenToken },
      body: new URLSearchParams({ unsent: await unsent() }),
    });
    // 403: it was taken down, or its cookies are gone. Either way it begins anew.
    const told = answer.status === 403 ? { state: "retired" } : await answer.json();
    if (told.state === "retired" || told.reload !== reloadMark || Date.now() - loadedAt > HALF_A_DAY_MS) reload();
  } catch {
    // Nobody answers: the screen shows what it has, and the office sees that it is silent.
  }
}

export function start(may = () => true, keeps = () => 0) {
  mayReload = may;
  unsent = keeps;
  setInterval(callIn, CALLS_IN_MS);
  document.addEventListener("live:event", ({ detail }) => {
    if (["screen.reload", "screen.retired", "screen.changed"].includes(detail.kind)) callIn().then(reload);
  });
}
