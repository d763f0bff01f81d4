// Stands in for the Naver Pay browser script: one-time payment by redirect only.
(() => {
  "use strict";

  const base = new URL(document.currentScript.src).origin;

  function required(value, name) {
    if (value === undefined || value === null || value === "") {
      throw new TypeError(`${name} is required`);
    }
    return String(value);
  }

  function create({ clientId, chainId }) {
    return {
      open(order) {
        const address = new URL("/window", base);
        const names = ["merchantPayKey", "productName", "totalPayAmount", "taxScopeAmount", "taxExScopeAmount", "returnUrl"];
        const fields = names.map((name) => [name, required(order[name], name)]);
        address.search = new URLSearchParams([
          ["clientId", required(clientId, "clientId")],
          ["chainId", required(chainId, "chainId")],
          ...fields,
        ]).toString();
        window.location.assign(address.href);
      },
    };
  }

  window.Naver = { Pay: { create } };
})();
