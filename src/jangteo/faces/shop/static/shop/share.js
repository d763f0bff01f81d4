// Sends a link on with the phone's own sharing, or copies it where the phone has none.

const teller = document.getElementById("shared");

for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.share;
  button.onclick = async () => {
    const url = document.getElementById(button.dataset.share).value;
    try {
      await navigator.share({ title: button.dataset.title, text: button.dataset.title, url });
    } catch {
      // Closed without sending: nothing to say.
    }
  };
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  if (!navigator.share) button.classList.add("btn-main", "btn-big");
  button.onclick = async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
    teller.textContent = button.dataset.done;
  };
}
