// Opens the gateway's window when the button is pressed. Its script (TossPayments, PortOne) comes from the gateway.

const ready = document.querySelector("[data-pay-ready]");
const failed = document.querySelector("[data-pay-failed]");
const button = document.querySelector("[data-pay]");

// Both lead the browser away; PortOne may also answer on the page, and then says what it else puts in the address.
const openers = { toss: openToss, portone: openPortOne, practice: openPractice };

async function openToss({ clientKey, orderId, orderName, amount, taxFree, success, fail, dueHours }) {
  const payment = globalThis.TossPayments(clientKey).payment({ customerKey: globalThis.TossPayments.ANONYMOUS });
  try {
    await payment.requestPayment({
      method: dueHours ? "VIRTUAL_ACCOUNT" : "CARD",
      amount: { currency: "KRW", value: Number(amount) },
      taxFreeAmount: Number(taxFree),
      orderId,
      orderName,
      successUrl: success,
      failUrl: fail,
      ...(dueHours && { virtualAccount: { validHours: Number(dueHours) } }),
    });
  } catch (problem) {
    if (problem?.code !== "USER_CANCEL") throw problem;
    location.assign(`${fail}?code=USER_CANCEL`);
  }
}

async function openPortOne({ clientKey, orderId, orderName, amount, taxFree, success }) {
  const [storeId, channelKey] = clientKey.split(" ");
  const answer = await globalThis.PortOne.requestPayment({
    storeId,
    channelKey,
    paymentId: orderId,
    orderName,
    totalAmount: Number(amount),
    taxFreeAmount: Number(taxFree),
    currency: "KRW",
    payMethod: "CARD",
    redirectUrl: success,
  });
  if (!answer) return;
  const told = new URLSearchParams({ paymentId: orderId });
  for (const name of ["txId", "code", "pgCode"]) if (answer[name]) told.set(name, answer[name]);
  location.assign(`${success}?${told}`);
}

// Where people practise the window is a page of ours, below the market's own address.
async function openPractice({ clientKey, orderId, orderName, amount, success, fail }) {
  const [, slug] = location.pathname.split("/");
  location.assign(`/${slug}/${clientKey}?${new URLSearchParams({ orderId, orderName, amount, success, fail })}`);
}

async function openWindow() {
  failed.hidden = true;
  button.disabled = true;
  try {
    await openers[button.dataset.pay](button.dataset);
  } catch {
    failed.hidden = false;
  } finally {
    button.disabled = false;
  }
}

ready.hidden = false;
button.addEventListener("click", openWindow);
