"""The association's menu: five words in the head, two of which open a page of tiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words


@dataclass(frozen=True, slots=True)
class _Place:
    """A page with a tile. The pages below its address belong to it, and those below `also`."""

    view: str
    icon: str
    name: Words
    hint: Words
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Tiles under one heading, "" where the page's own is enough."""

    name: Words | str
    places: tuple[_Place, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in the head. `folds`: it gives way where letters are large and the screen is a phone's."""

    view: str
    icon: str
    name: Words
    hint: Words
    also: tuple[str, ...] = ()
    shelves: tuple[_Shelf, ...] = ()
    folds: bool = False


REGULARS = (
    _Place("office:messages", "message-square", _("소식"), _("단골에게 소식 보내기와 결과")),
    _Place("office:coupons", "tag", _("쿠폰"), _("쿠폰과 포인트, 예산과 쓴 돈")),
    _Place("office:stamps", "stamp", _("도장"), _("함께 도장과 가게 도장")),
    _Place("office:events", "calendar", _("행사·환급"), _("장날, 신청 받기, 환급행사")),
    _Place("office:inquiries", "circle-alert", _("손님 문의"), _("손님이 물어본 것과 돌려 달라는 것")),
    _Place("office:reviews", "heart", _("후기"), _("읽어 볼 후기와 후기 이벤트")),
)
GROUND = (
    _Place("office:stalls", "store", _("점포"), _("가게 정보, 계좌, 들어오는 길"), also=("keys/", "devices/")),
    _Place("office:market", "map-pin", _("시장 정보"), _("이름, 여는 시간, 골목"), also=("streets/",)),
    _Place("office:delivery", "truck", _("배달"), _("구역, 시간, 배달비, 오늘 갈 곳")),
    _Place("office:policies", "banknote", _("정책"), _("상품권 할인율과 한도"), also=("wallet/",)),
)
PEOPLE = (
    _Place("office:helpers", "user", _("도우미"), _("도우미 전화기 들이기와 끊기")),
    _Place("office:screens", "monitor", _("기기"), _("키오스크와 알림판")),
    _Place("office:looks", "search", _("손님 정보"), _("누가 봤는지, 지워 달라는 부탁"), also=("forgetting/",)),
    _Place("office:log", "list", _("기록"), _("누가 언제 무엇을 했는지")),
    _Place("office_practice", "house", _("연습하기"), _("베껴 온 시장에서 마음 놓고 해 보기")),
)
WORDS = (
    _Word("office:todo", "bell", _("손 볼 일"), _("사람 손을 기다리는 일"), also=("shortfalls/",)),
    _Word(
        "office:orders", "receipt-text", _("주문"), _("오늘과 지난 주문"), also=("refunds/", "deliveries/", "calls/")
    ),
    _Word("office:money", "hand-coins", _("돈"), _("오늘 돈, 안 맞는 것, 정산")),
    _Word(
        "office:regulars",
        "heart",
        _("단골"),
        _("소식, 쿠폰, 도장, 행사, 후기"),
        (),
        (_Shelf("", REGULARS),),
        folds=True,
    ),
    _Word(
        "office:places",
        "store",
        _("시장"),
        _("점포와 기기, 도우미"),
        shelves=(_Shelf(_("가게와 시장"), GROUND), _Shelf(_("사람과 기기"), PEOPLE)),
    ),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One link. `current` is the word for aria-current: "page", "true" for a page below it, else ""."""

    url: str
    icon: str
    name: Words
    hint: Words
    current: str
    folds: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """Tiles under one heading."""

    name: Words | str
    tiles: Sequence[Tile]


@dataclass(frozen=True, slots=True)
class Menu:
    """`here` is the word that is marked, None on a page of no word, and `shelves` hold its tiles."""

    words: Sequence[Tile]
    here: Tile | None
    shelves: Sequence[Shelf]

    @property
    def folded(self) -> list[Tile]:
        """The words that give way: the last word's page shows them as tiles there."""
        return [one for one in self.words if one.folds] if self.words[-1] is self.here else []

    @property
    def covers(self) -> bool:
        """The last word stands for the marked one where that gives way."""
        return self.here is not None and self.here.folds


def menu_at(path: str) -> Menu:
    """The menu as it stands on the page with this path."""
    words: list[Tile] = []
    here: Tile | None = None
    shelves: Sequence[Shelf] = ()
    for word in WORDS:
        inside = tuple(Shelf(one.name, tuple(_tile(place, path) for place in one.places)) for one in word.shelves)
        tile = _tile(word, path, held=(tile for shelf in inside for tile in shelf.tiles))
        words.append(tile)
        if tile.current:
            here, shelves = tile, inside
    return Menu(words, here, shelves)


def _tile(one: _Place | _Word, path: str, held: Iterable[Tile] = ()) -> Tile:
    root, url = reverse("office:todo"), reverse(one.view)
    below = [root + rest for rest in one.also] + ([url] if url != root else [])
    if path == url:
        current = "page"
    else:
        current = "true" if path.startswith(tuple(below)) or any(tile.current for tile in held) else ""
    return Tile(url, one.icon, one.name, one.hint, current, isinstance(one, _Word) and one.folds)
