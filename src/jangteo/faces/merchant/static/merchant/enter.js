// One tap on the link is enough: the page sends its own form. A page that the browser only prepares waits until it is
// looked at, and a preview that only reads the page uses nothing up.

function enter() {
  document.getElementById("enter")?.requestSubmit();
}

if (document.prerendering) document.addEventListener("prerenderingchange", enter, { once: true });
else enter();
