"""The rebate desk in words: what is given, what is missing, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.rebates.rules import AGRI, FISH
from jangteo.domains.rebates.table import KindOnTable

KIND_NAMES: dict[str, Promise] = {AGRI: gettext_lazy("농축산물"), FISH: gettext_lazy("수산물")}
# What forms and refusals of events call their fields.
REBATE_FIELDS: dict[str, Promise] = {
    **KIND_NAMES,
    "name": gettext_lazy("행사 이름"),
    "ends_on": gettext_lazy("끝나는 날"),
    "closes_at": gettext_lazy("닫는 시간"),
    "voucher_won": gettext_lazy("상품권 한 장 값"),
    "vouchers": gettext_lazy("상품권 장수"),
    "tiers": gettext_lazy("환급 기준"),
    "pots": gettext_lazy("환급 종류"),
    "budget_won": gettext_lazy("환급 예산"),
    "cap_won": gettext_lazy("한 사람 한도"),
    "goods": gettext_lazy("인정하는 물건"),
    "keep_days": gettext_lazy("개인정보 보관 기간"),
}
REBATE_SENTENCES: dict[str, Promise] = {
    "rebates.bad_event": gettext_lazy("%(field)s, 다시 봐 주세요. 그 값으로는 행사를 열 수 없어요."),
    "rebates.event_clash": gettext_lazy("그 날에는 ‘%(name)s’ 행사가 있어요. 겹치지 않게 날을 골라 주세요."),
    "rebates.desk_closed": gettext_lazy(
        "‘%(name)s’ 창구가 지금은 쉬어요. 여는 날과 시간을 보고 다시 와 달라고 해 주세요."
    ),
    "rebates.all_gone": gettext_lazy("준비한 상품권이 다 나갔어요. 번호표를 더 드리지 않아요. 상인회에 물어봐 주세요."),
    "rebates.pot_empty": gettext_lazy(
        "%(field)s 환급 예산이 %(left_won)s원만 남아서 드릴 수 없어요. 상인회에 알려 주세요."
    ),
    "rebates.paper_short": gettext_lazy(
        "상품권이 %(needed)s장 있어야 하는데 %(left)s장만 남았어요. 상인회에서 더 받아 온 뒤에 눌러 주세요."
    ),
    "rebates.bad_amount": gettext_lazy("금액을 다시 봐 주세요. 1원부터 %(most_won)s원까지 적을 수 있어요."),
    "rebates.receipt_too_old": gettext_lazy("%(day)s에 산 영수증이에요. 오늘 산 영수증만 쓸 수 있어요."),
    "rebates.receipt_elsewhere": gettext_lazy(
        "이 시장에서 값을 치르고 받은 영수증이 아니에요. 영수증의 시장 이름을 보고, 맞으면 종이 영수증으로 적어 주세요."
    ),
    "rebates.receipt_used": gettext_lazy(
        "벌써 환급받은 영수증이에요. (%(day)s %(time)s) 한 영수증은 한 번만 쓸 수 있어요."
    ),
    "rebates.receipt_there": gettext_lazy("벌써 올려 둔 영수증이에요. 아래 목록을 봐 주세요."),
    "rebates.receipt_unknown": gettext_lazy("어느 가게 영수증인지 골라 주세요. 이 시장 가게만 돼요."),
    "rebates.nobody_named": gettext_lazy("누구신지 먼저 적어 주세요. 전화번호를 여쭤보면 돼요."),
    "rebates.sum_changed": gettext_lazy(
        "그사이 금액이 바뀌어서 %(vouchers)s장이 됐어요. 화면을 보고 다시 눌러 주세요."
    ),
    "rebates.nothing_due": gettext_lazy("아직 드릴 상품권이 없어요. 얼마를 더 사야 하는지 알려 드리세요."),
    "rebates.visit_over": gettext_lazy("이 번호는 끝났어요. 잘못 눌렀으면 되돌리기를 눌러 주세요."),
    "rebates.nobody_waits": gettext_lazy("기다리는 분이 없어요. 번호표 없이 오셨으면 ‘바로 시작’을 눌러 주세요."),
    "rebates.undone_before": gettext_lazy("벌써 되돌렸어요. 상품권 장수를 다시 봐 주세요."),
    "rebates.told_too_often": gettext_lazy("이 번호로는 문자를 벌써 세 번 보냈어요. 이 화면을 켜 두고 봐 주세요."),
    "rebates.bad_count": gettext_lazy("장수를 다시 봐 주세요. 1장부터 %(most)s장까지 적을 수 있어요."),
}
REBATE_AUDIT: dict[str, Promise] = {
    "rebate.made": gettext_lazy("환급행사를 열었어요. %(days)s일 동안이에요."),
    "rebate.paper": gettext_lazy("환급 상품권이 %(change)s장 바뀌어서 %(left)s장이 됐어요."),
    "rebate.stopped": gettext_lazy("환급행사를 멈췄어요."),
    "rebate.goes_on": gettext_lazy("멈춘 환급행사를 다시 열었어요."),
    "rebate.number": gettext_lazy("환급 번호표 %(number)s번을 드렸어요."),
    "rebate.tell_me": gettext_lazy("환급 %(number)s번이 차례를 문자로 받겠다고 하셨어요."),
    "rebate.tell_me_not": gettext_lazy("환급 %(number)s번이 문자를 받지 않겠다고 하셨어요."),
    "rebate.called": gettext_lazy("환급 %(number)s번을 불렀어요."),
    "rebate.visit_called": gettext_lazy("환급 %(number)s번을 다시 불렀어요."),
    "rebate.visit_waiting": gettext_lazy("환급 %(number)s번을 줄에 다시 세웠어요."),
    "rebate.visit_missed": gettext_lazy("환급 %(number)s번이 안 계셔서 넘어갔어요."),
    "rebate.visit_left": gettext_lazy("환급 %(number)s번이 돌아가셨어요."),
    "rebate.visit_done": gettext_lazy("환급 %(number)s번을 마쳤어요."),
    "rebate.named": gettext_lazy("환급 %(number)s번이 누구신지 적고 영수증 %(receipts)s장을 찾았어요."),
    "rebate.receipt_checked": gettext_lazy(
        "환급 %(number)s번 영수증을 농축산물 %(agri_won)s원, 수산물 %(fish_won)s원으로 봤어요."
    ),
    "rebate.paid": gettext_lazy("환급 %(number)s번에 상품권 %(vouchers)s장을 드렸어요."),
    "rebate.undone": gettext_lazy("환급 %(number)s번에 드린 상품권 %(vouchers)s장을 돌려받았어요."),
    "rebate.counted": gettext_lazy("환급 상품권을 세었어요. 장부에는 %(expected)s장, 세어 보니 %(counted)s장이에요."),
    "rebate.wiped": gettext_lazy("보관 기간이 끝나서 환급받은 %(people)s명의 흔적을 지웠어요."),
}


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind on the table. `next` says what is missing, "" where nothing more can be had; `stop` why not."""

    name: str
    sum_won: int
    back_won: int
    left_won: int
    next: str
    stop: str


def kinds_on_table(kinds: Iterable[KindOnTable]) -> list[KindWords]:
    """What the desk and the customer read of each kind."""
    return [_kind(kind) for kind in kinds]


def won_in_words(won: int) -> str:
    """1만원 and 2만원 as people say them, everything else in digits."""
    if won and not won % 10_000:
        return _("%(n)s만원") % {"n": won // 10_000}
    return _("%(won)s원") % {"won": f"{won:,}"}


def _kind(kind: KindOnTable) -> KindWords:
    due, name = kind.due, str(KIND_NAMES[kind.pot.kind])
    stop = ""
    if kind.short:
        stop = _("예산이 %(won)s원만 남아서 드릴 수 없어요.") % {"won": f"{kind.pot.left_won:,}"}
    elif not kind.left_won:
        stop = _("한 사람 한도를 다 받으셨어요.")
    elif due.capped:
        stop = _("한 사람 한도가 있어서 %(back)s까지예요.") % {"back": won_in_words(due.back_won)}
    missing = {"missing": f"{due.next_missing_won:,}", "back": won_in_words(due.next_back_won)}
    coming = _("%(missing)s원 더 사시면 %(back)s") % missing if due.next_missing_won else ""
    return KindWords(name, due.sum_won, due.back_won, kind.left_won, coming, stop)
