"""What a gateway offers beyond `CardGateway` when its window is an address that it hands out first, as KakaoPay does.

The order of things:

1. `ready` before the browser leaves. The shop writes the `tid` down beside the order and sends the browser to the
   address. Called again it opens another window with another tid; without an approval none of them moves money.
2. The browser comes back with a token of the gateway's. The shop writes that down too, beside the tid it has itself:
   the browser brings the token, never the tid.
3. `CardGateway.confirm` with the tid as `payment_key`. The gateway looks the token up with `FindOpened`.

So `payment_key` is the bare tid everywhere, in what is stored and in what comes back in a `Snapshot`, and the token,
good for one approval, stays out of every key, log and ledger entry. The same look-up answers `read_order` where a
gateway knows payments by its own number only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from jangteo.domains.payments.ports import CardGateway


@dataclass(frozen=True, slots=True)
class ReturnUrls:
    """Where the browser goes afterwards: absolute addresses of the shop, each naming the order by itself."""

    approved: str
    cancelled: str
    failed: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """A window made ready: the gateway's number of the payment, and where to send the browser."""

    tid: str
    url_pc: str
    url_mobile: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What the shop wrote down of an order's redirect. `token` is "" until the browser has come back.

    Of several redirects of one order it is the one that the customer came back from, else the last.
    """

    tid: str
    token: str = field(repr=False)


FindOpened = Callable[[str], Opened | None]
"""Order reference -> what was written down, or None. Called outside transactions, only to read."""


@runtime_checkable
class RedirectGateway(CardGateway, Protocol):
    """A card gateway with `ready`. Its `browser_checkout` raises GatewayRejected with the code REDIRECT_ONLY."""

    window_urls: tuple[str, ...]
    """Origins of its windows: a page has to allow a form that ends there."""

    def ready(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, urls: ReturnUrls
    ) -> Redirect:
        """Open a window. Raises GatewayRejected, GatewayUnknown (ask again, nothing was taken) and ValueError."""
        ...
