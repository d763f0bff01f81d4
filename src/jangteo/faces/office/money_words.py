"""What the money screens say: where a run stands and who does what next, and what a break means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.settlement.actions.compare_settlements import CAME_LATER
from jangteo.domains.settlement.actions.note_compared import REPORT_CAME
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.models import NO_REPORT, Break, GatewayDay
from jangteo.domains.settlement.modes import Mode, RunState
from jangteo.domains.settlement.queries import RunView
from jangteo.domains.settlement.reconcile.comparing import BreakKind
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

STEPS = (_("닫음"), _("살펴봄"), _("승인"), _("파일"), _("보냄"), _("마침"))
OWN_STEPS = (_("닫음"), _("살펴봄"), _("승인"), _("마침"))
# How many steps are behind a run in each state, in `STEPS`.
_BEHIND = {
    RunState.CLOSED: 1,
    RunState.REVIEWED: 2,
    RunState.APPROVED: 3,
    RunState.EXPORTED: 4,
    RunState.PAID: 5,
    RunState.PART_RETURNED: 5,
    RunState.RECONCILED: 6,
}
STATES: dict[str, tuple[str, Promise]] = {
    RunState.CLOSED: ("new", _("살펴볼 차례")),
    RunState.REVIEWED: ("wait", _("승인 기다림")),
    RunState.APPROVED: ("go", _("승인했어요")),
    RunState.EXPORTED: ("wait", _("보내는 중")),
    RunState.PAID: ("go", _("다 보냈어요")),
    RunState.PART_RETURNED: ("stop", _("되돌아온 돈 있음")),
    RunState.RECONCILED: ("go", _("마쳤어요")),
}
MODES: dict[str, Words] = {
    Mode.OWN_CONTRACT: _("가게마다 결제사에서 바로 받아요"),
    Mode.GATEWAY_PAYS: _("결제사가 가게에 나눠 보내요"),
    Mode.ASSOCIATION_PAYS: _("상인회가 받아서 가게에 보내요"),
}
KINDS: dict[str, Promise] = {
    BreakKind.AMOUNT: _("금액이 달라요"),
    BreakKind.NO_ITEMS: _("물건이 없는 주문이에요"),
    BreakKind.MISSING_HERE: _("우리 장부에 없어요"),
    BreakKind.MISSING_THERE: _("저쪽 기록에 없어요"),
    BreakKind.FEE: _("수수료가 달라요"),
    BreakKind.LATE: _("들어올 돈이 안 왔어요"),
    NO_REPORT: _("맞춰 볼 결제사 기록이 없어요"),
}
ADVICE: dict[str, Promise] = {
    BreakKind.AMOUNT: _("주문과 결제사 화면을 나란히 보고, 어느 쪽이 맞는지 적어 주세요."),
    BreakKind.NO_ITEMS: _("어느 주문의 돈인지 찾아서 적어 주세요."),
    BreakKind.MISSING_HERE: _("결제사 화면에서 어느 주문의 돈인지 찾아 주세요. 손님께 돌려드릴 돈일 수 있어요."),
    BreakKind.MISSING_THERE: _("결제사에 거래 번호로 물어봐 주세요. 손님 돈이 나가지 않았을 수 있어요."),
    BreakKind.FEE: _("풀면 결제사가 뗀 대로 장부에 적혀요. 계약한 수수료율과 견줘 보세요."),
    BreakKind.LATE: _("결제사에 언제 보내는지 물어봐 주세요. 들어오면 저절로 풀려요."),
    NO_REPORT: _(
        "결제사 화면에서 이날 거래를 장부와 견줘 주세요. 거래 내역을 받아 아래에 올려서 맞으면 저절로 풀려요."
    ),
}
ABOUT: dict[str, Promise] = {
    "gateway_transactions": _("결제사 거래"),
    "gateway_settlements": _("결제사 정산"),
    "gateway_report": _("결제사 기록"),
    "portone_transactions": _("포트원 거래대사"),
    "portone_settlements": _("포트원 정산"),
    "bank_statement": _("은행"),
    "voucher_operator": _("상품권·지역화폐"),
}
NOTES: dict[str, Promise] = {
    CAME_LATER: _("나중에 들어와서 저절로 풀렸어요."),
    REPORT_CAME: _("결제사 기록이 와서 맞춰 봤어요."),
}
# Why a day's report is not all there yet. The last is of a gateway that is asked payment by payment.
TROUBLES: dict[str, Promise] = {
    GatewayDay.Trouble.UNANSWERED: _("기록을 받지 못했어요. 30분마다 다시 받아 볼게요."),
    GatewayDay.Trouble.REFUSED: _("결제사가 기록을 보여 주지 않았어요. 프로그램을 돌보는 사람에게 알려 주세요."),
    "": _("결제를 하나씩 물어보고 있어요. 30분마다 이어서 물어볼게요."),
}


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next for a run: the sentence, and the button for whoever looks, "" for none."""

    words: Promise | str
    deed: str = ""
    button: Promise | str = ""


def next_of(view: RunView, looker: Actor) -> Next:
    """Who must do what now."""
    if view.run.state == RunState.REVIEWED:
        return _approval(view, looker.ref)
    if view.run.state == RunState.APPROVED and view.run.mode == Mode.OWN_CONTRACT:
        return Next(
            _("돈은 결제사가 가게마다 바로 보내요. 안 맞는 것이 없으면 마쳐 주세요."), "finish", _("정산 마치기")
        )
    if view.run.state == RunState.APPROVED and not view.run.payout_won:
        return Next(_("이번에는 보낼 돈이 없어요. 안 맞는 것이 없으면 마쳐 주세요."), "finish", _("정산 마치기"))
    return _NEXT[RunState(view.run.state)]


def is_blocked(view: RunView) -> bool:
    """Whether something has to be written down first: accounts, for the file."""
    return view.run.state == RunState.APPROVED and bool(view.without_account)


def steps_of(view: RunView) -> tuple[tuple[Promise, ...], int]:
    """Names of the steps, and which is now."""
    names = OWN_STEPS if view.run.mode == Mode.OWN_CONTRACT else STEPS
    return names, min(_BEHIND[RunState(view.run.state)] + 1, len(names) + 1)


def age_of(one: Break) -> int:
    """Days since what it is about."""
    return max((korean_date(clock.now()) - one.day).days, 0)


def yesterday() -> date:
    """The last Korean calendar day that is over."""
    return date.fromordinal(korean_date(clock.now()).toordinal() - 1)


def _approval(view: RunView, looker: str) -> Next:
    if looker in view.approved_by:
        return Next(_("승인했어요. 이제 다른 분이 자기 기기에서 한 번 더 승인해야 해요."))
    if view.approved_by:
        return Next(_("한 분이 승인했어요. 명세를 보고 두 번째로 승인해 주세요."), "approve", _("두 번째로 승인하기"))
    return Next(_("두 분이 저마다 자기 기기에서 승인해야 돈이 나가요."), "approve", _("승인하기"))


_NEXT = {
    RunState.CLOSED: Next(
        _("가게마다 명세를 살펴봐 주세요. 아직 아무 돈도 움직이지 않았어요."), "review", _("다 살펴봤어요")
    ),
    RunState.APPROVED: Next(_("은행에 올릴 파일을 만들어 주세요."), "export", _("은행 파일 만들기")),
    RunState.EXPORTED: Next(_("파일을 은행에 올리고, 다 보냈다고 하면 눌러 주세요."), "paid", _("은행이 다 보냈어요")),
    RunState.PAID: Next(_("이 기간에 안 맞는 것이 없으면 마쳐 주세요."), "finish", _("정산 마치기")),
    RunState.PART_RETURNED: Next(
        _("되돌아온 돈은 다음 정산에 다시 들어가요. 계좌를 고쳐 두고 마쳐 주세요."), "finish", _("정산 마치기")
    ),
    RunState.RECONCILED: Next(_("다 끝난 정산이에요.")),
}
