"""What the last press did, said once on the page that it leads to."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DONE: dict[str, Promise] = {
    "market": _("시장 정보를 고쳤어요. 손님 화면에도 바로 나와요."),
    "stall": _("점포 정보를 고쳤어요. 손님 화면에도 바로 나와요."),
    "street": _("골목을 더했어요. 이제 이 골목에 점포를 올릴 수 있어요."),
    "renamed": _("골목 이름을 바꿨어요."),
}


def went_well(done: str, to: str, *args: object) -> HttpResponseRedirect:
    """Lead to a page of the office that says what was done."""
    return HttpResponseRedirect(f"{reverse(to, args=args)}?done={done}")
