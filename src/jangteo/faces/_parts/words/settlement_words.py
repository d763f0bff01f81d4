"""Settling and reconciling in sentences: refusals, and lines of the log."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "settlement.period_not_over": _("%(last)s은 아직 끝나지 않았어요. 어제까지로 닫아 주세요."),
    "settlement.nothing_to_settle": _("지난 정산 뒤로 움직인 돈이 없어요. 팔린 뒤에 다시 해 주세요."),
    "settlement.run_under_way": _("%(first)s부터 %(last)s까지의 정산이 승인을 기다려요. 그것부터 마쳐 주세요."),
    "settlement.run_moved": _("그사이 정산이 다음 단계로 넘어갔어요. 바뀐 화면을 보고 다시 눌러 주세요."),
    "settlement.same_person": _("한 사람이 두 번 할 수 없어요. 다른 분이 자기 기기에서 눌러 주세요."),
    "settlement.not_approver": _("도우미 기기로는 승인하거나 확인할 수 없어요. 상인회 임원 기기에서 눌러 주세요."),
    "settlement.no_payout_file": _("가게마다 따로 계약한 시장이라 보낼 파일이 없어요. 명세서만 보시면 돼요."),
    "settlement.account_missing": _("%(stall)s, 받을 계좌가 아직 없어요. 계좌를 적고 다른 분이 확인해 주세요."),
    "settlement.no_payout_gateway": _("이 시장은 결제사가 나눠 보내지 않아요. 정산 조건을 다시 봐 주세요."),
    "settlement.bad_payee": _("사업자 번호, 휴대폰, 이메일을 다시 봐 주세요. 결제사가 받는 모양이 아니에요."),
    "settlement.payee_not_ready": _(
        "%(stall)s 등 %(count)s곳은 결제사가 아직 보낼 수 없어요. 가게마다 무엇이 남았는지 봐 주세요."
    ),
    "settlement.money_elsewhere": _("다른 결제사에 있는 돈이 섞여 있어요. 이 정산은 파일로 보내 주세요."),
    "settlement.gateway_answers": _("결제사에 맡긴 돈이에요. 어떻게 됐는지는 결제사가 알려 주면 저절로 적혀요."),
    "settlement.too_late_to_call_back": _("결제사가 벌써 보내기 시작했어요. 되부를 수 없어요."),
    "settlement.bad_account": _("은행, 계좌번호, 예금주를 다시 봐 주세요. 통장에 적힌 그대로면 돼요."),
    "settlement.registration_missing": _(
        "상인회가 돈을 나눠 주려면 전자금융거래법 제28조에 따른 등록이 있어야 해요. 등록번호를 적어 주세요."
    ),
    "settlement.bad_terms": _("정산 조건을 다시 봐 주세요. 수수료율이나 은행 양식이 맞지 않아요."),
    "settlement.book_does_not_fit": _(
        "명세서는 %(lines_won)s원인데 장부는 %(book_won)s원이라 멈췄어요. 프로그램을 돌보는 사람에게 알려 주세요."
    ),
    "settlement.break_unowned": _("%(day)s까지 맡은 사람이 없는 ‘안 맞는 것’이 %(count)s건 있어요. 먼저 맡아 주세요."),
    "settlement.breaks_open": _("이 기간에 풀지 못한 ‘안 맞는 것’이 %(count)s건 있어요. 다 풀고 다시 눌러 주세요."),
    "settlement.break_solved": _("벌써 풀린 일이에요. 목록을 다시 봐 주세요."),
    "settlement.note_missing": _("어떻게 된 일인지 %(most)s자 안으로 적어 주세요."),
    "settlement.day_not_over": _("%(day)s은 아직 끝나지 않았어요. 하루가 지나고 한 시간 뒤부터 닫을 수 있어요."),
    "settlement.day_not_compared": _(
        "%(day)s의 %(gateways)s 기록과 아직 맞춰 보지 못했어요."
        " 기다리거나, 거래 내역을 받아 ‘파일로 맞춰 보기’에 올려 주세요."
    ),
    "settlement.day_out_of_order": _("하루씩 차례로 닫아요. %(next)s부터 닫아 주세요."),
}
AUDIT: dict[str, Promise] = {
    "settlement.terms": _("정산 조건을 바꿨어요: %(fields)s."),
    "account.proposed": _("받을 계좌를 새로 적었어요. 다른 사람이 확인해야 해요."),
    "account.confirmed": _("받을 계좌를 확인했어요."),
    "settlement.closed": _("정산을 닫았어요. 가게 %(stalls)s곳, %(payout_won)s원이에요."),
    "settlement.reviewed": _("정산 명세를 다 살펴봤어요."),
    "settlement.approved": _("정산 %(payout_won)s원을 승인했어요."),
    "settlement.dropped": _("정산을 버렸어요. 그 기간이 다시 열렸어요."),
    "settlement.exported": _("보낼 돈 %(payout_won)s원의 은행 파일을 만들었어요."),
    "settlement.sent": _("가게 %(lines)s곳에 보낼 돈 %(payout_won)s원을 결제사에 맡겼어요."),
    "settlement.refused": _("결제사가 %(lines)s곳에 보낼 돈을 받지 않았어요."),
    "settlement.called_back": _("맡긴 돈 %(payout_won)s원을 되불러 달라고 했어요."),
    "payee.set": _("결제사에 알릴 가게 연락처를 적었어요."),
    "payee.checked": _("결제사가 가게를 확인한 상태가 바뀌었어요."),
    "payee.refused": _("결제사가 가게 등록을 받지 않았어요."),
    "settlement.paid": _("은행이 %(lines)s곳에 돈을 보냈어요."),
    "settlement.returned": _("보낸 돈 %(payout_won)s원이 되돌아왔어요."),
    "settlement.reconciled": _("정산을 다 맞추고 마쳤어요."),
    "break.taken": _("안 맞는 것 하나를 맡았어요."),
    "break.left": _("맡았던 안 맞는 것을 내려놓았어요."),
    "break.solved": _("안 맞는 것 하나를 풀었어요."),
    "break.reopened": _("풀었던 안 맞는 것을 다시 열었어요."),
    "day.closed": _("%(day)s 장부를 닫았어요."),
    "report.imported": _("파일을 받았어요. %(rows)s줄 가운데 안 맞는 것 %(breaks)s건이에요."),
}
