"""One order over three stalls, each taxed in its own way."""

from __future__ import annotations

from datetime import UTC, datetime

from jangteo.domains.counter.papers import Line, Receipt, Section, Sticker, Tender, Vat

FISH = Section(
    "순자네 수산",
    "124-81-00998",
    "김순자",
    (
        Line("고등어 1손", "국산(제주)", "1손 2마리", 8_000, True),
        Line("손질 오징어 3마리", "국산(동해)", "", 12_000, True),
    ),
    None,
)
DISHES = Section(
    "할머니 손맛 반찬",
    "220-81-62517",
    "박옥분 · 033-640-1234",
    (
        Line("콩나물 1봉지", "국산", "", 1_500, True),
        Line("매콤 달콤한 진미채 볶음과 멸치볶음 세트 1통", "오징어: 페루", "", 9_900, False),
    ),
    Vat(9_000, 900, 1_500),
)
DUMPLINGS = Section("새벽만두", "", "", (Line("손만두 10개", "", "", 6_000, False),), None)

ORDER = Receipt(
    market_name="강릉 중앙시장",
    stripe_a="#0B6B45",
    stripe_b="#FFC933",
    order_number="37",
    moment=datetime(2026, 11, 23, 15, 20, tzinfo=UTC),
    sections=(FISH, DISHES, DUMPLINGS),
    tenders=(Tender("온누리상품권", 10_000), Tender("국민카드 5365-****-****-1234", 27_400)),
    facts=(("카드 승인 번호", "30012345"),),
    link="https://market.example/o/3fK9sQ2xV7bLw0Zt",
)
STICKER = Sticker(
    "강릉 중앙시장", "#0B6B45", "#FFC933", "순자네 수산", "https://market.example/q/482917?t=table", "482917"
)
