// Makes a piece of the page like a fresh one by changing only what differs: whatever stays keeps its focus, its place
// on the screen and what was typed into it. What somebody has in hand, a question they have opened or a field they are
// typing in, is left as it is even if the fresh piece has it no longer: the server answers whatever they send.

const IN_HAND = "details[open], form:has(:is(input, select, textarea):focus)";

function isInHand(node) {
  return node instanceof Element && (node.matches(IN_HAND) || node.querySelector(IN_HAND) !== null);
}

// What makes an element the same thing as before: a form that sends elsewhere is another form.
function name(node) {
  if (!(node instanceof Element)) return node.nodeName;
  const own = ["id", "aria-labelledby", "action", "href"].map((attribute) => node.getAttribute(attribute));
  return [node.nodeName, ...own].join(" ");
}

function dress(old, fresh) {
  for (const { name: attribute } of [...old.attributes])
    if (!fresh.hasAttribute(attribute) && attribute !== "aria-busy") old.removeAttribute(attribute);
  for (const { name: attribute, value } of fresh.attributes)
    if (old.getAttribute(attribute) !== value) old.setAttribute(attribute, value);
}

function fill(old, fresh) {
  const left = [...old.childNodes];
  const wanted = [...fresh.childNodes].map((child) => {
    const found = left.findIndex((node) => name(node) === name(child));
    return found < 0 ? { child } : { child, kept: left.splice(found, 1)[0] };
  });
  let isWhole = true;
  for (const gone of left) {
    if (isInHand(gone)) isWhole = false;
    else gone.remove();
  }
  let place = old.firstChild;
  for (const { child, kept } of wanted) {
    while (left.includes(place)) place = place.nextSibling;
    if (kept !== place || !kept) old.insertBefore(kept ?? child, place);
    else place = place.nextSibling;
    if (kept) isWhole = morph(kept, child) && isWhole;
  }
  return isWhole;
}

// Answers whether all of it is as wanted, nothing being in somebody's hand.
export function morph(old, fresh) {
  if (!(old instanceof Element)) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return true;
  }
  if (old.matches(IN_HAND)) return old.isEqualNode(fresh);
  dress(old, fresh);
  return fill(old, fresh);
}
