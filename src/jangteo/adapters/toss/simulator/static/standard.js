// Stands in for the Toss Payments browser script, version 2: cards and virtual accounts by redirect only.
(() => {
  "use strict";

  const base = new URL(document.currentScript.src).origin;
  const ANONYMOUS = "@@ANONYMOUS";

  class TossPaymentsError extends Error {
    constructor(code, message) {
      super(message);
      this.name = "TossPaymentsError";
      this.code = code;
    }
  }

  function required(value, name) {
    if (value === undefined || value === null || value === "") {
      throw new TossPaymentsError("INVALID_PARAMETERS", `${name} is required`);
    }
    return String(value);
  }

  function absolute(value, name) {
    const address = required(value, name);
    if (!/^https?:\/\//.test(address)) {
      throw new TossPaymentsError("INCORRECT_URL_FORMAT", `${name} needs an origin`);
    }
    return address;
  }

  function windowAddress(clientKey, customerKey, order) {
    const amount = order.amount ?? {};
    const address = new URL("/window", base);
    address.search = new URLSearchParams({
      clientKey,
      customerKey,
      method: required(order.method, "method"),
      currency: required(amount.currency, "amount.currency"),
      amount: required(amount.value, "amount.value"),
      taxFreeAmount: String(order.taxFreeAmount ?? 0),
      orderId: required(order.orderId, "orderId"),
      orderName: required(order.orderName, "orderName"),
      successUrl: absolute(order.successUrl, "successUrl"),
      failUrl: absolute(order.failUrl, "failUrl"),
      ...(order.virtualAccount?.validHours && { validHours: String(order.virtualAccount.validHours) }),
    }).toString();
    return address.href;
  }

  function TossPayments(clientKey) {
    required(clientKey, "clientKey");
    return {
      payment({ customerKey }) {
        required(customerKey, "customerKey");
        return {
          // Like the original, the promise stays open while the browser leaves the page.
          async requestPayment(order) {
            window.location.assign(windowAddress(clientKey, customerKey, order));
            return new Promise(() => {});
          },
        };
      },
    };
  }

  TossPayments.ANONYMOUS = ANONYMOUS;
  window.TossPayments = TossPayments;
})();
