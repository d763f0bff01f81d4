"""Refusal codes about money, numbers and files from outside, and their sentences."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BROKEN_CODE = _("이 QR은 읽을 수 없어요. 다시 찍거나 가게에 새 QR을 부탁해 주세요.")
OUR_FAULT = _("돈은 그대로예요. 장부를 맞춰 보고 있으니 잠깐 뒤에 다시 해 주세요.")

MONEY_SENTENCES: dict[str, Promise] = {
    "payments.policies_overlap": _(
        "%(first)s과 %(second)s, %(day)s에 둘 다 해당돼요. 하나의 끝나는 날이나 시작하는 날을 고쳐 주세요."
    ),
    "payments.policy_unsound": _("%(policy)s의 ‘%(field)s’ 칸을 다시 봐 주세요."),
    "payments.policy_too_late": _(
        "%(policy)s은 벌써 쓰이고 있어요. 지난 날은 바꿀 수 없으니 오늘이나 그 뒤로 적어 주세요."
    ),
    "payments.policy_over": _("%(policy)s은 %(day)s에 끝나요. 더 늘리려면 그다음 날부터 새로 적어 주세요."),
    "payments.policy_file_unknown": _(
        "‘%(file)s’ 파일에 꼭 있어야 하는 칸이 없어요: %(missing)s. 찾은 칸: %(found)s. 칸 이름을 고쳐 주세요."
    ),
    "payments.policy_row_broken": _(
        "‘%(file)s’ 파일 %(line)s줄의 ‘%(column)s’ 칸을 읽을 수 없어요. 고쳐서 다시 올려 주세요."
    ),
    "payments.budget_used_up": _("준비한 혜택이 다 나갔어요. 주문은 그대로 할 수 있어요."),
    "payments.tenders_fall_short": _("%(short_won)s원이 모자라요. 다른 돈을 더 골라 주세요."),
    "payments.tenders_do_not_combine": _("고르신 돈은 함께 쓸 수 없어요. 하나를 빼거나 카드를 골라 주세요."),
    "payments.sums_differ": _(
        "물건값은 %(lines_won)s원인데 내실 돈은 %(tenders_won)s원이에요. 금액을 다시 나눠 주세요."
    ),
    "payments.tender_does_not_fit": _("고르신 돈이 쓸 수 있는 물건값보다 %(over_won)s원 많아요. 그만큼 줄여 주세요."),
    "payments.tender_pays_whole_lines": _("따로 내야 하는 돈이라 물건값에 꼭 맞아야 해요. 금액을 다시 골라 주세요."),
    "payments.nothing_to_refund": _("돌려드릴 금액이 없어요. 금액을 다시 봐 주세요."),
    "payments.refund_over_left": _("%(left_won)s원까지 돌려드릴 수 있어요. 금액을 줄여 주세요."),
    "ledger.unbalanced": OUR_FAULT,
    "ledger.key_conflict": OUR_FAULT,
    "ledger.unknown_account": OUR_FAULT,
    "ledger.hold_over": _("잡아 둔 금액의 시간이 지났어요. 처음부터 다시 골라 주세요."),
    "ledger.hold_too_small": _("잡아 둔 것보다 많은 금액이에요. 처음부터 다시 골라 주세요."),
    "ledger.already_reversed": _("벌써 바로잡은 기록이에요. 장부를 다시 봐 주세요."),
    "ledger.insufficient_funds": _(
        "남은 금액이 모자라요. 그사이 다른 분이 먼저 썼을 수 있어요. 다른 돈을 골라 주세요."
    ),
    "ledger.wallet_off": _("이 시장에서는 미리 채워 두는 돈을 쓰지 않아요. 다른 돈으로 내 주세요."),
    "file.empty": _("‘%(file)s’ 파일에 읽을 줄이 없어요. 다른 파일을 골라 주세요."),
    "file.too_large": _("‘%(file)s’ 파일이 너무 커요. %(most)sMB까지 읽을 수 있어요."),
    "file.not_table": _("‘%(file)s’ 파일은 표가 아니에요. CSV나 XLSX로 저장해서 다시 올려 주세요."),
    "file.encoding_unknown": _("‘%(file)s’ 파일의 글자를 읽을 수 없어요. UTF-8이나 CP949로 저장해서 다시 올려 주세요."),
    "file.broken": _("‘%(file)s’ 파일이 깨져 있어요. 다시 내려받거나 새로 저장해서 올려 주세요."),
    "business_number.digits": _("사업자등록번호는 숫자로만 적어 주세요."),
    "business_number.length": _("사업자등록번호는 숫자 열 자리예요. 다시 세어 봐 주세요."),
    "business_number.part": _("쓰이지 않는 사업자등록번호예요. 사업자등록증을 보고 다시 적어 주세요."),
    "business_number.check_digit": _("사업자등록번호 한 자리가 틀린 것 같아요. 사업자등록증을 보고 다시 적어 주세요."),
    "emvqr.text": BROKEN_CODE,
    "emvqr.checksum": BROKEN_CODE,
    "emvqr.structure": BROKEN_CODE,
    "emvqr.repeated": BROKEN_CODE,
    "emvqr.format": BROKEN_CODE,
    "emvqr.account": _("누구에게 내는지 없는 QR이에요. 가게에 새 QR을 부탁해 주세요."),
    "emvqr.initiation": BROKEN_CODE,
    "emvqr.amount": _("QR의 금액을 읽을 수 없어요. 금액을 직접 적어 주세요."),
    "emvqr.too_long": _("QR에 담기에는 글이 길어요. 이름을 줄여 주세요."),
    "emvqr.plain": _("QR에는 영어 이름이 필요해요. 영어로 적어 주세요."),
    "emvqr.category": _("업종 번호는 숫자 네 자리예요. 다시 봐 주세요."),
    "settlement.file_unknown": _(
        "‘%(file)s’, 어떤 파일인지 알 수 없어요. 가장 비슷한 것: %(nearest)s. 없는 칸: %(missing)s."
        " 다른 파일을 골라 주세요."
    ),
    "settlement.file_strange": _(
        "‘%(file)s’, 맞춰 볼 수 있는 파일이 아니에요. 결제사·은행·상품권 화면에서 받은 거래 내역을 골라 주세요."
    ),
    "settlement.row_broken": _(
        "‘%(file)s’ 파일 %(line)s줄의 ‘%(column)s’ 칸을 읽을 수 없어요. 고쳐서 다시 올려 주세요."
    ),
    "settlement.rows_contradict": _("‘%(file)s’ 파일 %(line)s줄의 %(key)s, 다른 값으로 또 나와요. 하나만 남겨 주세요."),
    "settlement.nothing_to_compare": _("맞춰 볼 짝이 없어요. 있는 것: %(have)s. 더 올려야 할 것: %(wanted)s."),
    "settlement.layout_broken": _("%(layout)s 은행 양식이 서로 어긋나요. 양식 파일을 다시 봐 주세요."),
    "settlement.nothing_to_pay": _("보낼 돈이 없어요. 다음 정산 때 다시 해 주세요."),
    "settlement.line_not_payable": _("%(line)s줄은 보낼 수 없어요. 은행, 계좌, 이름, 금액을 다시 봐 주세요."),
    "settlement.line_twice": _("%(line)s줄과 %(first)s줄이 똑같아요. 한 번만 보내려면 하나를 지워 주세요."),
    "settlement.result_foreign": _(
        "‘%(file)s’ 파일 %(line)s줄은 이번에 보낸 돈이 아니에요. 맞는 결과 파일을 골라 주세요."
    ),
    "settlement.result_ambiguous": _(
        "‘%(file)s’ 파일 %(line)s줄이 어느 송금인지 가릴 수 없어요. 은행 화면에서 확인해 주세요."
    ),
    "settlement.result_unknown": _(
        "‘%(file)s’ 파일 %(line)s줄의 ‘%(word)s’, 모르는 결과예요. 은행에 뜻을 물어봐 주세요."
    ),
}
