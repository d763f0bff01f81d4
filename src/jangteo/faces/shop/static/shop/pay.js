// Opens the gateway's window when the button is pressed. Its script (TossPayments) comes from the gateway itself.

const ready = document.querySelector("[data-pay-ready]");
const failed = document.querySelector("[data-pay-failed]");
const button = document.querySelector("[data-pay]");

async function openWindow() {
  const { clientKey, orderId, orderName, amount, taxFree, success, fail } = button.dataset;
  failed.hidden = true;
  button.disabled = true;
  try {
    const payment = globalThis.TossPayments(clientKey).payment({ customerKey: globalThis.TossPayments.ANONYMOUS });
    await payment.requestPayment({
      method: "CARD",
      amount: { currency: "KRW", value: Number(amount) },
      taxFreeAmount: Number(taxFree),
      orderId,
      orderName,
      successUrl: success,
      failUrl: fail,
    });
  } catch (problem) {
    if (problem?.code === "USER_CANCEL") location.assign(`${fail}?code=USER_CANCEL`);
    else failed.hidden = false;
  } finally {
    button.disabled = false;
  }
}

ready.hidden = false;
button.addEventListener("click", openWindow);
