"""What the office says about money that a gateway pays out: stalls it cannot pay yet, and how each pay-out stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.payments.payouts_port import PayeeKind
from jangteo.domains.settlement.models import SentPayout
from jangteo.domains.settlement.modes import RunState
from jangteo.domains.settlement.payees import Standing
from jangteo.domains.settlement.queries import RunView
from jangteo.domains.settlement.queries_payouts import Sending
from jangteo.faces._parts.words.money_names import gateway_words
from jangteo.faces._parts.words.times import day_words
from jangteo.faces.office.money_words import Next
from jangteo.kernel import clock

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

STEPS = (_("닫음"), _("살펴봄"), _("승인"), _("맡김"), _("보냄"), _("마침"))
STANDINGS: dict[str, tuple[str, Promise]] = {
    Standing.NO_ACCOUNT: ("stop", _("받을 계좌가 아직 없어요. 적고 다른 분이 확인해 주세요.")),
    Standing.NOT_REGISTERED: ("wait", _("결제사에 아직 등록하지 않았어요. 연락처를 적어서 등록해 주세요.")),
    Standing.REFUSED: ("stop", _("결제사가 등록을 받지 않았어요. 이름, 사업자 번호, 예금주를 보고 다시 알려 주세요.")),
    Standing.BEING_TOLD: ("wait", _("결제사에 알리고 있어요. 조금 뒤에 다시 봐 주세요.")),
    Standing.UNIDENTIFIED: (
        "wait",
        _("결제사가 사장님 휴대폰으로 본인 확인을 부탁했어요. 사장님이 답해야 보낼 수 있어요."),
    ),
    Standing.HELD: ("stop", _("결제사가 가게를 심사하고 있어요. 결제사가 부탁한 서류를 내면 보낼 수 있어요.")),
    Standing.TOO_MUCH: (
        "stop",
        _("심사를 마치기 전에는 한 번에 1,000만 원까지만 보내 줘요. 결제사에 심사를 부탁해 주세요."),
    ),
    Standing.READY: ("go", _("결제사가 이 계좌로 보낼 수 있어요.")),
}
KINDS: dict[str, Words] = {
    PayeeKind.SOLE_TRADER: _("개인사업자"),
    PayeeKind.COMPANY: _("법인"),
    PayeeKind.PERSON: _("사업자등록 없는 개인"),
}
STATES: dict[str, tuple[str, Promise]] = {
    SentPayout.State.WAITING: ("wait", _("맡기는 중")),
    SentPayout.State.REFUSED: ("stop", _("안 받아 줌")),
    SentPayout.State.REQUESTED: ("wait", _("맡겼어요")),
    SentPayout.State.IN_PROGRESS: ("wait", _("보내는 중")),
    SentPayout.State.COMPLETED: ("go", _("보냈어요")),
    SentPayout.State.FAILED: ("stop", _("되돌아옴")),
    SentPayout.State.CANCELLED: ("stop", _("되불렀어요")),
}
_REASONS: dict[str, Promise] = {
    "CANCELED": _("보내기 전에 되불렀어요."),
    "FAILED": _("결제사가 까닭을 말하지 않았어요."),
    "FORBIDDEN_SELLER_PAYOUT": _("결제사가 아직 보낼 수 없는 가게가 있어요. 그 가게부터 풀어 주세요."),
    "INVALID_API_KEY": _("결제사 열쇠가 맞지 않아요. 프로그램을 돌보는 사람에게 알려 주세요."),
    "INVALID_REQUEST": _("결제사가 받지 않았어요. 결제사 화면에서 잔액과 계좌를 확인해 주세요."),
    "NOT_FOUND_SELLER": _("결제사가 이 가게를 모른대요. 다시 알리면 새로 등록해요."),
    "TOO_LATE": _("보낼 날까지 결제사와 이어지지 않았어요. 나간 돈은 없어요."),
    "TRANSFER_FAILED": _("은행이 돈을 받지 않았어요. 계좌번호와 예금주를 통장과 맞춰 보세요."),
    "UNAUTHORIZED_KEY": _("결제사 열쇠가 맞지 않아요. 프로그램을 돌보는 사람에게 알려 주세요."),
}
_CODE = re.compile(r"[A-Z][A-Z0-9_]{3,99}")


def reason_words(reason: str) -> str:
    """A gateway's code as a sentence; what a person or a bank wrote stays as it is."""
    if reason in _REASONS:
        return str(_REASONS[reason])
    return gettext("결제사가 준 까닭은 %(code)s") % {"code": reason} if _CODE.fullmatch(reason) else reason


def next_of_sending(view: RunView, sending: Sending) -> Next | None:
    """Who must do what now, None where it is as for any other run."""
    if not view.run.payout_won or view.run.state not in (RunState.APPROVED, RunState.EXPORTED):
        return None
    if sending.elsewhere:
        told = gettext("%(gateway)s에 있는 돈이 섞여 있어서 한꺼번에 맡길 수 없어요. 파일로 보내 주세요.")
        return Next(told % {"gateway": gateway_words(sending.elsewhere)}, "export", _("은행 파일 만들기"))
    if sending.unsent and sending.refusal:
        return Next(reason_words(sending.refusal), "send", _("다시 보내기"))
    if sending.unsent:
        return Next(_("결제사에 맡기면 다음 은행 날에 가게마다 보내요."), "send", _("결제사로 보내기"))
    day = day_words(sending.pay_on, clock.calendar_day()) if sending.pay_on else ""
    return Next(gettext("%(day)s 결제사가 가게마다 보내요. 다 보내면 저절로 다음으로 넘어가요.") % {"day": day})


def is_by_gateway(sending: Sending | None) -> bool:
    """Whether the run is handed to the gateway and not to a bank as a file."""
    return sending is not None and (sending.began or not sending.elsewhere)
