// A screen without a market asks for its digits by itself, and goes on by itself once somebody has typed them.

const LOOK_AGAIN_MS = 2_000;
const LATER_MS = 60_000;

const asks = document.querySelector("[data-asks]");
if (asks) setTimeout(() => asks.requestSubmit(), asks.dataset.asks === "later" ? LATER_MS : 0);

const slip = document.querySelector("[data-paired-url]");

async function look() {
  try {
    const answer = await fetch(slip.dataset.pairedUrl);
    if (answer.ok && (await answer.json()).state !== "waiting") {
      location.reload();
      return;
    }
  } catch {
    // Without a network the digits stay where they are.
  }
  setTimeout(look, LOOK_AGAIN_MS);
}

if (slip) setTimeout(look, LOOK_AGAIN_MS);
