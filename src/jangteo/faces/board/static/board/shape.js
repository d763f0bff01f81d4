// Wide or tall, as people see it. It stands at the head of the page and holds it up, so that nothing is drawn twice.

function shape() {
  const isTurned = document.body.dataset.turn !== "none";
  document.body.dataset.shape = innerWidth >= innerHeight !== isTurned ? "wide" : "tall";
}

shape();
addEventListener("resize", shape);
new MutationObserver(shape).observe(document.body, { attributeFilter: ["data-turn"] });
