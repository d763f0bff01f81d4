"""Policies out of a file: the public feed of local currencies, or a table that somebody keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from jangteo.domains.payments.eligibility import LOCAL, ONNURI, ONNURI_PAPER, SCHEME_OF, told_area
from jangteo.domains.payments.rules.policies import CASHBACK_DAYS, Policy
from jangteo.domains.payments.rules.refusals import PolicyFileUnknown, PolicyRowBroken
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel.files.amounts import day_in, minor_units
from jangteo.kernel.files.headings import heading_row
from jangteo.kernel.files.tables import Row, Source, Table, read_tables

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "scheme": ("상품권", "상품권종류", "상품권명", "종류", "scheme"),
    "area": ("지역", "지역명", "시군구", "시군구명", "지자체", "지자체명", "발행지역", "area", "region"),
    "starts": ("시작일", "시작일자", "적용시작일", "적용시작일자", "판매시작일", "판매시작일자", "from", "starts"),
    "ends": ("종료일", "종료일자", "적용종료일", "적용종료일자", "판매종료일", "판매종료일자", "to", "ends"),
    "discount_bp": ("할인율", "할인률", "적립률", "적립율", "rate", "discount"),
    "monthly_cap_won": ("월한도", "월구매한도", "1인월한도", "1인월구매한도", "구매한도", "한도", "cap", "monthlycap"),
    "payment_cap_won": ("1회한도", "1회결제한도", "paymentcap"),
    "min_won": ("최소금액", "최소결제금액", "minimum"),
    "cashback": ("방식", "할인방식", "지급방식", "캐시백", "cashback"),
    "cashback_cap_won": ("캐시백한도", "적립한도", "cashbackcap"),
    "cashback_days": ("사용기한", "유효기간", "cashbackdays"),
    "program": ("예산", "사업", "사업명", "program"),
    "refused_kinds": ("제한업종", "안되는업종", "refusedbusinesses"),
    "refused_goods": ("제한품목", "안되는물건", "refusedgoods"),
    "excludes": ("함께못쓰는돈", "함께쓸수없는돈", "결합제한", "excludes"),
    "law": ("근거", "법령", "고시", "law"),
}
NEEDED = ("starts", "discount_bp")
WORDS_FOR_NONE = frozenset({"", "-", "없음", "제한없음", "무제한"})
CASHBACK = frozenset({"캐시백", "적립", "후적립", "cashback", "y", "yes", "true", "1"})
DISCOUNT = frozenset({"할인", "선할인", "충전할인", "discount", "n", "no", "false", "0", ""})
SCHEME_WORDS = (
    ("종이", ONNURI_PAPER),
    ("지류", ONNURI_PAPER),
    (ONNURI_PAPER, ONNURI_PAPER),
    ("온누리", ONNURI),
    (ONNURI, ONNURI),
    ("지역", LOCAL),
    ("사랑", LOCAL),
    (LOCAL, LOCAL),
)
TEN_THOUSAND = "만"
_RATE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?(%?)")
_DAYS = re.compile(r"([0-9]{1,4})일?")
# What a row may say cannot pay beside its voucher; "모두" is everything else, "없음" nothing.
EXCLUDED_WORDS: Mapping[str, TenderKind] = {
    "카드": TenderKind.CARD,
    "간편결제": TenderKind.EASY_PAY,
    "가상계좌": TenderKind.VIRTUAL_ACCOUNT,
    "계좌이체": TenderKind.TRANSFER,
    "현금": TenderKind.CASH,
    "디지털온누리": TenderKind.ONNURI_DIGITAL,
    "종이온누리": TenderKind.ONNURI_PAPER,
    "지역화폐": TenderKind.LOCAL_CURRENCY,
    "포인트": TenderKind.POINTS,
    "쿠폰": TenderKind.COUPON,
}
EVERYTHING_ELSE = frozenset({"모두", "전부", "all"})
_SEVERAL = re.compile(r"[,;·/|]")


@dataclass(frozen=True, slots=True)
class Place:
    """For which market a file is read: its area, and its kinds of business by name and key."""

    area: str
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadPolicies:
    """The rows for the market, each with its law, and on which lines stand rows of other areas.

    Ids are "line:12", the line a person sees.
    """

    file: str
    policies: tuple[Policy, ...]
    laws: tuple[str, ...]
    elsewhere: tuple[int, ...]


def read_policies(source: Source, place: Place) -> ReadPolicies:
    """Read one table. Raises PolicyFileUnknown, PolicyRowBroken, and what `read_tables` raises."""
    table, at, columns = _table(source)
    policies, laws, elsewhere = [], [], []
    for row in table.rows[at + 1 :]:
        reading = _Reading(source.name, row, table.rows[at], columns)
        policy = _policy(reading, place)
        if policy is None:
            elsewhere.append(row.line)
        else:
            policies.append(policy)
            laws.append(reading.text("law"))
    return ReadPolicies(source.name, tuple(policies), tuple(laws), tuple(elsewhere))


def _table(source: Source) -> tuple[Table, int, dict[str, int]]:
    tables = read_tables(source)
    for table in tables:
        found = heading_row(table, HEADINGS, NEEDED)
        if found is not None:
            return table, *found
    shown = ", ".join(cell for cell in tables[0].rows[0].cells if cell)
    raise PolicyFileUnknown(file=source.name, missing=", ".join(HEADINGS[field][0] for field in NEEDED), found=shown)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One row; every reading that fails names its line and its heading."""

    file: str
    row: Row
    headings: Row
    columns: Mapping[str, int]

    def text(self, field: str) -> str:
        at = self.columns.get(field)
        return self.row.cells[at] if at is not None and at < len(self.row.cells) else ""

    @property
    def is_percent(self) -> bool:
        """Whether the heading says that the rates below it are per cent."""
        return "%" in self.headings.cells[self.columns["discount_bp"]]

    def broken(self, field: str) -> PolicyRowBroken:
        at = self.columns.get(field)
        heading = HEADINGS.get(field, (field,))[0] if at is None else self.headings.cells[at]
        return PolicyRowBroken(file=self.file, line=self.row.line, column=heading)

    def whole(self, field: str, read: Callable[[str], int]) -> int | None:
        """A number, None for an empty cell or a word for none."""
        text = self.text(field)
        if text.replace(" ", "") in WORDS_FOR_NONE:
            return None
        try:
            return read(text)
        except ValueError:
            raise self.broken(field) from None

    def day(self, field: str) -> date | None:
        text = self.text(field)
        if text in WORDS_FOR_NONE:
            return None
        try:
            return day_in(text)
        except ValueError:
            raise self.broken(field) from None


def _policy(reading: _Reading, place: Place) -> Policy | None:
    area = told_area(reading.text("area"), place.area)
    if area is None:
        return None
    starts = reading.day("starts")
    discount_bp = reading.whole("discount_bp", basis_points_in_percent if reading.is_percent else basis_points)
    if starts is None or discount_bp is None:
        raise reading.broken("starts" if starts is None else "discount_bp")
    scheme = _scheme(reading)
    is_cashback = _is_cashback(reading)
    policy = Policy(
        id=f"line:{reading.row.line}",
        scheme=scheme,
        area=area,
        starts=starts,
        ends=reading.day("ends"),
        discount_bp=discount_bp,
        cashback=is_cashback,
        monthly_cap_won=reading.whole("monthly_cap_won", won),
        payment_cap_won=reading.whole("payment_cap_won", won),
        min_won=reading.whole("min_won", won) or 1,
        excludes=_excludes(reading, scheme),
        refused_kinds=_keys(reading.text("refused_kinds"), place.kinds),
        refused_goods=_keys(reading.text("refused_goods"), place.kinds),
        cashback_cap_won=reading.whole("cashback_cap_won", won),
        cashback_days=reading.whole("cashback_days", _days) or CASHBACK_DAYS,
        program=reading.text("program") or (scheme if is_cashback else ""),
    )
    if (field := policy.unsound_field()) is not None:
        raise reading.broken(field)
    return policy


def basis_points(text: str) -> int:
    """A rate: "10%", "10" and "0.1" as spreadsheets keep ten per cent. Raises ValueError."""
    found = _RATE.fullmatch(text)
    if found is None:
        raise ValueError("not a rate")
    number = Decimal(found[1])
    share = number / 100 if found[2] or number >= 1 else number
    points = share * 10_000
    if points != int(points):
        raise ValueError("finer than a basis point")
    return int(points)


def basis_points_in_percent(text: str) -> int:
    """The same below a heading that says per cent, so that 0.5 is half a per cent. Raises ValueError."""
    return basis_points(text if text.endswith("%") else f"{text}%")


def won(text: str) -> int:
    """An amount in won; 50만 and 50만원 are 500,000. Raises ValueError."""
    plain = text.replace(" ", "").removesuffix("원")
    if not plain.endswith(TEN_THOUSAND):
        return minor_units(text, 0)
    try:
        amount = Decimal(plain.removesuffix(TEN_THOUSAND).replace(",", "")) * 10_000
    except InvalidOperation:
        raise ValueError("not an amount") from None
    if amount != int(amount) or amount < 0:
        raise ValueError("not a whole amount")
    return int(amount)


def _days(text: str) -> int:
    found = _DAYS.fullmatch(text.replace(" ", ""))
    if found is None:
        raise ValueError("not a number of days")
    return int(found[1])


def _scheme(reading: _Reading) -> str:
    """Which scheme a row is about: local currency unless it says otherwise, for that is what the public feed lists."""
    text = reading.text("scheme").casefold()
    known = [scheme for word, scheme in SCHEME_WORDS if word in text]
    if text and not known:
        raise reading.broken("scheme")
    return known[0] if known else LOCAL


def _is_cashback(reading: _Reading) -> bool:
    text = reading.text("cashback").casefold().replace(" ", "")
    if text not in CASHBACK | DISCOUNT:
        raise reading.broken("cashback")
    return text in CASHBACK


def _excludes(reading: _Reading, scheme: str) -> frozenset[TenderKind] | None:
    """None where the row says nothing, so that the kind of money decides."""
    text = reading.text("excludes").replace(" ", "")
    itself = {kind for kind, its_scheme in SCHEME_OF.items() if its_scheme == scheme}
    if not text:
        return None
    if text in EVERYTHING_ELSE:
        return frozenset(TenderKind) - itself
    if text in WORDS_FOR_NONE:
        return frozenset()
    words = [word for word in _SEVERAL.split(text) if word]
    if not all(word in EXCLUDED_WORDS for word in words):
        raise reading.broken("excludes")
    return frozenset(EXCLUDED_WORDS[word] for word in words) - itself


def _keys(text: str, kinds: Mapping[str, str]) -> frozenset[str]:
    """Kinds by the names that people use; a name nobody has stays as it is and meets nothing."""
    names: Sequence[str] = [name.strip() for name in _SEVERAL.split(text)]
    return frozenset(kinds.get(name, name) for name in names if name)
