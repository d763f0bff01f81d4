"""What is said about the counter: refusals, and the audit log."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COUNTER_SENTENCES: dict[str, Promise] = {
    "counter.bad_amount": _("금액을 다시 봐 주세요. %(least_won)s원부터 %(most_won)s원까지 낼 수 있어요."),
    "counter.text_too_long": _("글이 길어요. %(most)s자까지 적을 수 있어요."),
    "counter.lines_wrong": _("물건과 값이 맞지 않아요. 다시 담아서 보내 주세요."),
    "counter.way_not_taken": _("이 가게는 지금 그 방법으로 받지 않아요. 다른 방법을 골라 주세요."),
    "counter.sale_unknown": _("그런 결제를 찾지 못했어요. 가게의 코드를 다시 찍어 주세요."),
    "counter.sale_over": _("그사이 끝난 결제예요. 화면을 새로 열어 보고, 안 냈으면 코드를 다시 찍어 주세요."),
    "counter.too_late_to_undo": _("이 돈은 되돌릴 수 없어요. 잘못 돌려드렸으면 손님께 말씀하고 다시 받아 주세요."),
    "counter.pay_link_dead": _("이 링크는 끝났어요. 보내신 분께 새 링크를 부탁해 주세요."),
    "counter.pay_link_used": _("이미 냈어요. 다시 낼 것은 없어요."),
    "counter.nothing_to_pay": _("지금은 내달라고 할 돈이 없어요. 주문 화면에서 상태를 볼 수 있어요."),
    "counter.no_cash_receipts": _("여기서는 현금영수증을 끊을 수 없어요. 가게에 부탁해 주세요."),
    "counter.nothing_to_receipt": _("현금으로 낸 것이 없거나 아직 끝나지 않았어요. 물건을 받은 뒤에 다시 봐 주세요."),
    "counter.bad_identifier": _("번호를 다시 봐 주세요. 숫자를 빠짐없이 적으면 돼요."),
    "counter.already_asked": _("현금영수증을 벌써 끊었거나 끊고 있어요. 번호를 바꾸려면 가게에 말씀해 주세요."),
}

COUNTER_WAYS: dict[str, Promise] = {
    "card": _("카드로"),
    "cash": _("현금으로"),
    "onnuri_digital": _("온누리 앱으로"),
    "onnuri_paper": _("종이 온누리로"),
    "local_currency": _("지역화폐로"),
}

COUNTER_AUDIT: dict[str, Promise] = {
    "sale.opened": _("가게에서 %(amount_won)s원을 받으려고 해요."),
    "sale.begun": _("손님이 %(amount_won)s원을 %(way)s 내겠다고 했어요."),
    "sale.paid": _("가게에서 카드로 %(amount_won)s원을 받았어요."),
    "sale.received": _("손님이 낸 %(amount_won)s원을 받았다고 했어요."),
    "sale.rung_up": _("가게에서 %(way)s %(amount_won)s원을 받았다고 적었어요."),
    "sale.with_coupon": _("가게에서 산 %(amount_won)s원에 쿠폰 %(off_won)s원을 썼어요."),
    "sale.denied": _("%(amount_won)s원을 못 받았다고 했어요."),
    "sale.refunded": _("가게에서 받은 %(amount_won)s원을 돌려드렸어요."),
    "sale.refund_undone": _("돌려드렸다고 한 %(amount_won)s원을 되돌렸어요."),
    "pay_link.made": _("%(number)s번 주문 %(amount_won)s원을 내달라는 링크를 만들었어요."),
    "pay_link.opened": _("%(number)s번 주문을 다른 사람이 내려고 열었어요."),
    "cash_receipt.asked": _("현금영수증 %(amount_won)s원을 부탁했어요."),
    "cash_receipt.unasked": _("현금영수증 %(amount_won)s원을 자진발급으로 부탁했어요."),
    "cash_receipt.issued": _("현금영수증 %(amount_won)s원을 끊었어요."),
    "cash_receipt.rejected": _("현금영수증 %(amount_won)s원을 끊지 못했어요."),
    "cash_receipt.cancelled": _("현금영수증 %(amount_won)s원을 취소했어요."),
    "cash_receipt.taken_back": _("돈이 돌아가서 현금영수증 %(amount_won)s원을 거두기로 했어요."),
}
