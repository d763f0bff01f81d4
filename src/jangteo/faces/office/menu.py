"""The association's menu: what is opened every day stands in the head, the rest under one word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words


@dataclass(frozen=True, slots=True)
class _Place:
    """`whole`: pages below its address belong to it. `folds`: under the word, too, where letters are large."""

    view: str
    icon: str
    name: Words
    hint: Words
    whole: bool = True
    folds: bool = False


FIRST = (
    _Place("office:todo", "bell", _("손 볼 일"), _("사람 손을 기다리는 일"), whole=False),
    _Place("office:orders", "receipt-text", _("주문"), _("오늘과 지난 주문")),
    _Place("office:stalls", "store", _("점포"), _("가게 정보, 계좌, 들어오는 길"), folds=True),
    _Place("office:money", "hand-coins", _("돈"), _("오늘 돈, 안 맞는 것, 정산")),
)
REST = (
    _Place("office:market", "map-pin", _("시장"), _("이름, 여는 시간, 골목")),
    _Place("office:coupons", "tag", _("쿠폰"), _("쿠폰과 포인트, 예산과 쓴 돈")),
    _Place("office:events", "calendar", _("행사"), _("장날, 신청 받기, 환급행사")),
    _Place("office:policies", "tag", _("정책"), _("상품권 할인율과 한도")),
    _Place("office:messages", "message-square", _("소식"), _("단골에게 소식 보내기와 결과")),
    _Place("office:inquiries", "message-square", _("손님 문의"), _("손님이 물어본 것과 돌려 달라는 것")),
    _Place("office:reviews", "heart", _("후기"), _("읽어 볼 후기와 후기 이벤트")),
    _Place("office:stamps", "stamp", _("도장"), _("함께 도장과 가게 도장")),
    _Place("office:helpers", "user", _("도우미"), _("도우미 전화기 들이기와 끊기")),
    _Place("office:screens", "monitor", _("기기"), _("키오스크와 알림판")),
    _Place("office:looks", "search", _("손님 정보"), _("누가 봤는지, 지워 달라는 부탁")),
    _Place("office:log", "list", _("기록"), _("누가 언제 무엇을 했는지")),
    _Place("office_practice", "heart", _("연습하기"), _("베껴 온 시장에서 마음 놓고 해 보기")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link. `current` is the word for aria-current: "page", "true" for a page below it, else ""."""

    url: str
    icon: str
    name: Words
    hint: Words
    current: str
    folds: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """`first` stands in the head, `rest` under 더 보기."""

    first: Sequence[Entry]
    rest: Sequence[Entry]

    @property
    def folded(self) -> list[Entry]:
        """What 더 보기 can hold: entries of the first that fold come before the rest."""
        return [*(one for one in self.first if one.folds), *self.rest]

    @property
    def below(self) -> Entry | None:
        """The entry of the rest that is looked at now."""
        return next((one for one in self.rest if one.current), None)


def menu_at(path: str) -> Menu:
    """The menu as it stands on the page with this path."""
    return Menu(tuple(_entry(one, path) for one in FIRST), tuple(_entry(one, path) for one in REST))


def _entry(place: _Place, path: str) -> Entry:
    url = reverse(place.view)
    current = "page" if path == url else "true" if place.whole and path.startswith(url) else ""
    return Entry(url, place.icon, place.name, place.hint, current, place.folds)
