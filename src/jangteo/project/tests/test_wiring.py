from __future__ import annotations

import pytest

from jangteo.project import wiring

KEYS = {
    "JANGTEO_TOSS_SECRET_KEY": "test_sk_practice",
    "JANGTEO_PORTONE_API_SECRET": "practice",
    "JANGTEO_PORTONE_CARD_CHANNEL_KEY": "channel-key-practice",
    "JANGTEO_KAKAOPAY_SECRET_KEY": "DEV_practice",
}


@pytest.mark.parametrize(
    ("keys", "listed", "asked"),
    [
        ([], [], []),
        (list(KEYS), ["toss", "portone"], ["kakaopay"]),
        (["JANGTEO_KAKAOPAY_SECRET_KEY"], [], ["kakaopay"]),
        (["JANGTEO_PORTONE_API_SECRET"], [], []),
    ],
)
def test_every_gateway_that_takes_money_reports_it(
    monkeypatch: pytest.MonkeyPatch, keys: list[str], listed: list[str], asked: list[str]
) -> None:
    for name in keys:
        monkeypatch.setenv(name, KEYS[name])
    makers = (wiring.card_gateways, wiring.gateway_reports, wiring.payment_reports)

    gateways, lists, payments = (maker.__wrapped__() for maker in makers)

    assert (list(lists), list(payments)) == (listed, asked)
    assert gateways.keys() == {*lists, *payments}
    assert [one.name for one in (*lists.values(), *payments.values())] == [*listed, *asked]
