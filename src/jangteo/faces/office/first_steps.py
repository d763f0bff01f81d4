"""What a market that has just opened still lacks, the next thing first."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import streets_in_order


@dataclass(frozen=True, slots=True)
class Step:
    """What is missing, why it matters, and the button to the screen where it is told."""

    missing: str
    why: str
    button: str
    address: str


def first_steps(market: Market, stalls: int) -> list[Step]:
    """`stalls` is how many the market has. One query while it has none, else none."""
    return [*_about_market(market), *(_about_stalls() if not stalls else [])]


def _about_market(market: Market) -> list[Step]:
    address = reverse("office:market")
    steps = []
    if not market.phone:
        why = _("손님과 가게가 도움을 받을 번호예요. 화면마다 나와요.")
        steps.append(Step(_("시장 전화번호가 없어요"), why, _("전화번호 적기"), address))
    if not market.cycle:
        why = _("정할 때까지는 날마다 여는 것으로 보여요.")
        steps.append(Step(_("언제 장이 서는지 몰라요"), why, _("장날 정하기"), address))
    return steps


def _about_stalls() -> list[Step]:
    if not streets_in_order():
        why = _("점포는 골목을 따라 서요. 골목이 하나뿐이면 하나만 있어도 돼요.")
        return [Step(_("골목이 없어요"), why, _("첫 골목 더하기"), reverse("office:new_street"))]
    why = _("점포를 올리고 사장님께 링크를 보내면 물건을 팔 수 있어요.")
    return [Step(_("점포가 없어요"), why, _("첫 점포 올리기"), reverse("office:new_stall"))]
