// Looks every two seconds whether the file is ready, and shows how far it is.

const EVERY_MS = 2000;

async function look() {
  const take = document.querySelector("#take[data-at-work]");
  if (!take) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Fragment": "take" } });
    if (answer.ok) take.outerHTML = await answer.text();
  } catch {
    // Without a network the next look may find one.
  }
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
