// Turns pages without leaving the document, so that the sound that one tap has allowed, the stream of news and the lit
// screen last all day. Whatever it cannot do is left to the browser.

import { enhance } from "../js/base.js";
import { untouched } from "../js/live.js";

const HOME = "/stall/";
const SAID_MS = 10_000;
const offline = document.getElementById("offline");
let saidAt = Date.now();

function inside(url) {
  return url.origin === location.origin && url.pathname.startsWith(HOME);
}

function put(page, id) {
  const fresh = page.getElementById(id);
  if (fresh) document.getElementById(id)?.replaceChildren(...fresh.childNodes);
}

// A page may bring styles and modules of its own. Nothing is shown before its styles are here.
async function dress(page) {
  const waits = [];
  for (const link of page.querySelectorAll("head link[rel=stylesheet]")) {
    if (document.head.querySelector(`link[href="${CSS.escape(link.getAttribute("href"))}"]`)) continue;
    const fresh = document.head.appendChild(link.cloneNode());
    waits.push(new Promise((done) => (fresh.onload = fresh.onerror = done)));
  }
  for (const { attributes } of page.querySelectorAll("head script[type=module][src]")) {
    if (document.head.querySelector(`script[src="${CSS.escape(attributes.src.value)}"]`)) continue;
    // A script that came by a parser without a document never runs, so it is written anew.
    const fresh = document.createElement("script");
    fresh.type = "module";
    fresh.src = attributes.src.value;
    document.head.append(fresh);
  }
  await Promise.all(waits);
}

// A redirect hides its own #place from a script, so the page marks where the last tap was.
function arrive(url) {
  const target = document.querySelector("[data-arrive]") ?? (url.hash && document.getElementById(url.hash.slice(1)));
  if (target) target.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
  document.getElementById("main").focus({ preventScroll: true });
}

// What the last tap did stays until the screen changes anyway, so that nothing moves by itself and nobody has to hurry;
// only what is said to somebody who is still on it stays even then.
async function forget() {
  await untouched();
  const done = document.getElementById("done");
  if (Date.now() - saidAt > SAID_MS && !done.matches(":hover, :focus-within")) done.replaceChildren();
}

function show(page, url) {
  document.title = page.title;
  put(page, "main");
  put(page, "done");
  put(page, "calls");
  put(page, "sales");
  put(page, "asks");
  const door = page.getElementById("door");
  if (door) document.getElementById("door").replaceWith(door);
  for (const field of document.querySelectorAll(".looks [name=next]")) field.value = location.pathname + location.search;
  enhance(document.getElementById("main"));
  enhance(document.getElementById("done"));
  arrive(url);
  saidAt = Date.now();
}

async function turn(url, options, remember) {
  document.body.ariaBusy = "true";
  try {
    const answer = await fetch(url, options);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = new URL(answer.url);
    there.hash ||= url.hash;
    if (!inside(there) || !page.getElementById("main")) return location.assign(there);
    // A form that is asked again keeps the address of the page it stood on, which can be looked at again.
    const stays = options.method === "POST" && !answer.redirected;
    if (remember && !stays) history.pushState(null, "", there);
    await dress(page);
    show(page, there);
    offline.hidden = true;
  } catch {
    offline.hidden = false;
    for (const form of document.querySelectorAll("[aria-busy]")) form.ariaBusy = null;
  } finally {
    document.body.ariaBusy = null;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.hasAttribute("download") || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const url = new URL(link.href);
  if (!inside(url)) return;
  event.preventDefault();
  turn(url, {}, true);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const url = new URL(event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action);
  if (event.defaultPrevented || form.method !== "post" || !inside(url)) return;
  event.preventDefault();
  turn(url, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) }, true);
});

addEventListener("popstate", () => turn(new URL(location.href), {}, false));
addEventListener("online", () => {
  offline.hidden = true;
});
addEventListener("offline", () => {
  offline.hidden = false;
});
document.addEventListener("live:event", forget);
