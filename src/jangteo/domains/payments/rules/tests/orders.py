"""Made-up orders for the tests of the rules."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from jangteo.domains.payments.rules.matrix import Line, Tender, allocate
from jangteo.domains.payments.rules.paid import Column, Paid
from jangteo.domains.payments.rules.tenders import TenderKind

DAY = date(2026, 9, 18)
MIXABLE = [
    TenderKind.COUPON,
    TenderKind.POINTS,
    TenderKind.ONNURI_PAPER,
    TenderKind.LOCAL_CURRENCY,
    TenderKind.CARD,
    TenderKind.CASH,
]


@st.composite
def baskets(draw: st.DrawFn) -> tuple[list[Line], list[Tender]]:
    """Lines and tenders that can be put together: each cell is drawn first, the sums follow."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    keys = [f"line{n}" for n in range(rows)]
    won = st.one_of(st.just(0), st.integers(1, 30), st.integers(1, 50_000))
    cells = draw(st.lists(st.lists(won, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    more = draw(st.lists(st.sets(st.sampled_from(keys)), min_size=columns, max_size=columns))
    kinds = draw(st.lists(st.sampled_from(MIXABLE), min_size=columns, max_size=columns))
    tenders = [
        Tender(
            f"tender{at}",
            kinds[at],
            sum(row[at] for row in cells),
            frozenset(more[at]) | {key for key, row in zip(keys, cells, strict=True) if row[at]},
        )
        for at in range(columns)
    ]
    return [Line(key, sum(row)) for key, row in zip(keys, cells, strict=True)], tenders


@st.composite
def paid_orders(draw: st.DrawFn) -> Paid:
    """Such a basket paid, some of its lines without VAT, its coupons with a minimum."""
    lines, tenders = draw(baskets())
    exempt = draw(st.sets(st.sampled_from([line.key for line in lines])))
    least = draw(st.integers(0, 60_000))
    return paid(lines, tenders, frozenset(exempt), needs_won=least)


def paid(lines: list[Line], tenders: list[Tender], exempt: frozenset[str] = frozenset(), *, needs_won: int = 0) -> Paid:
    columns = tuple(
        Column(
            key=tender.key,
            kind=tender.kind,
            won=tender.won,
            lines=tender.lines,
            coupon=tender.key.partition("#")[0] if tender.kind is TenderKind.COUPON else "",
            needs_won=needs_won if tender.kind is TenderKind.COUPON else 0,
        )
        for tender in tenders
    )
    return Paid(columns, allocate(lines, tenders).matrix, exempt)
