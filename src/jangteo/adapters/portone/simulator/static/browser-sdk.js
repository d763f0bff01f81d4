// Stands in for the PortOne V2 browser script: card payment by redirect only.
(() => {
  "use strict";

  const base = new URL(document.currentScript.src).origin;
  const FIELDS = ["storeId", "channelKey", "paymentId", "orderName", "totalAmount", "currency", "payMethod", "redirectUrl"];

  function windowAddress(request) {
    const query = new URLSearchParams({ taxFreeAmount: String(request.taxFreeAmount ?? 0) });
    for (const field of FIELDS) {
      const value = request[field];
      if (value === undefined || value === null || value === "") throw new TypeError(`${field} is required`);
      query.set(field, String(value));
    }
    const address = new URL("/window", base);
    address.search = query.toString();
    return address.href;
  }

  window.PortOne = {
    // Like the original by redirect, the promise stays open while the browser leaves the page.
    async requestPayment(request) {
      window.location.assign(windowAddress(request));
      return new Promise(() => {});
    },
  };
})();
