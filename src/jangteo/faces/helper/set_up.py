"""점포 차려 주기: what a stall needs to trade, each step with whether it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import goods_of_stall
from jangteo.domains.helping.queries import set_up_marks
from jangteo.domains.people.queries_office import live_devices

GOODS_WANTED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """`mark` is the key of a step that only people see done, "" for one that the program knows by itself."""

    words: Promise
    done: bool
    guide: str
    mark: str = ""

    @property
    def guide_url(self) -> str:
        return reverse("helper:guide", args=[self.guide])


@dataclass(frozen=True, slots=True)
class SetUp:
    """The steps in their order; `goods` is how many are put up."""

    steps: tuple[Step, ...]
    goods: int

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)


def set_up_of(stall_id: int) -> SetUp:
    """How far this stall is."""
    marks, goods = set_up_marks(stall_id), goods_of_stall(stall_id)
    steps = (
        Step(_("전화기 들이기"), bool(live_devices(stall_id)), "pair"),
        Step(_("사진으로 첫 물건 올리기"), any(_is_shown(good) for good in goods), "first_goods"),
        Step(_("물건 세 가지 올리기"), len(goods) >= GOODS_WANTED, "first_goods"),
        Step(_("QR 스티커 붙이기"), "sticker" in marks, "sticker", "sticker"),
        Step(_("사장님이 혼자 해 보기"), "taught" in marks, "accept", "taught"),
    )
    return SetUp(steps, len(goods))


def _is_shown(good: Good) -> bool:
    return bool(good.photo or good.picture)
