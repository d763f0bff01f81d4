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
    "looks_reviewed": _("확인했다고 적었어요. 다음 달에 또 알려드려요."),
    "refunded": _("돈을 돌려드리기로 적었어요. 어디까지 갔는지는 아래에 나와요."),
    "event": _("행사를 적었어요. 아래에서 보고 ‘손님께 보이기’를 눌러 주세요."),
    "event_shown": _("이제 손님 화면과 알림판에 나와요."),
    "event_hidden": _("손님 화면에서 내렸어요."),
    "event_off": _("취소했어요. 신청한 분 화면에도 취소됐다고 나와요."),
    "sign_up_off": _("신청을 물렸어요. 기다리는 분이 있으면 그분께 자리가 갔어요."),
    "rebate": _("환급행사를 적었어요. 그날이 되면 도우미 화면의 ‘환급 창구’가 저절로 열려요."),
    "rebate_paper": _("상품권 장수를 고쳤어요."),
    "rebate_stopped": _("환급행사를 멈췄어요. 번호표도 더 나가지 않아요."),
    "rebate_on": _("환급행사를 다시 열었어요."),
    "renamed": _("골목 이름을 바꿨어요."),
    "screen_paired": _("짝을 맞췄어요. 저쪽 화면이 저절로 넘어가요."),
    "screen": _("고쳤어요. 저쪽 화면도 바로 바뀌어요."),
    "screen_reload": _("다시 켜라고 보냈어요. 1분 안에 새로 켜져요."),
    "screen_retired": _("떼어 냈어요. 다시 쓰려면 그 화면에 나온 새 번호로 짝을 맞추면 돼요."),
    "policy": _("정책을 적었어요. 시작하는 날부터 저절로 쓰여요."),
    "policy_ended": _("끝나는 날을 적었어요. 지난 주문은 그대로예요."),
    "policy_taken_back": _("정책을 거뒀어요. 그 전에 하던 대로 이어져요."),
    "budget": _("예산을 적었어요. 이만큼까지 돌려드려요."),
    "policy_file": _("파일의 정책을 적었어요. 시작하는 날부터 저절로 쓰여요."),
    "coupon": _("쿠폰을 열었어요. 손님 화면에 바로 나와요."),
    "coupon_stopped": _("쿠폰을 멈췄어요. 벌써 주문한 손님은 그대로 써요."),
    "points": _("포인트를 바꿨어요. 지금부터 끝나는 주문에 그렇게 드려요."),
    "wallet_on": _("이제 손님이 돈을 미리 채워 둘 수 있어요."),
    "wallet_off": _("이제 돈을 더 채울 수 없어요. 채워 둔 돈은 그대로 쓸 수 있어요."),
    "day_closed": _("하루 장부를 닫았어요. 이제 그날 장부가 바뀌면 바로 드러나요."),
    "break_take": _("맡았어요. 알아보고 어떻게 된 일인지 적어 주세요."),
    "break_leave": _("내려놓았어요. 다른 분이 맡을 수 있어요."),
    "break_solve": _("풀었어요. 아래 ‘풀린 것’에서 다시 열 수 있어요."),
    "break_reopen": _("다시 열었어요."),
    "file_new": _("파일을 받아서 장부와 맞춰 봤어요."),
    "file_known": _("벌써 받은 파일이에요. 바뀐 것이 없어요."),
    "run_closed": _("정산을 닫았어요. 이제 숫자가 바뀌지 않아요."),
    "run_reviewed": _("다 살펴봤다고 적었어요. 이제 두 분이 승인해 주세요."),
    "run_half_approved": _("승인했어요. 다른 분이 한 번 더 승인하면 돼요."),
    "run_approved": _("두 분이 승인했어요."),
    "run_dropped": _("정산을 버렸어요. 그 기간은 다시 닫을 수 있어요."),
    "run_exported": _("은행 파일을 만들었어요. 여러 번 받아도 같은 파일이에요."),
    "run_sent": _("결제사에 맡겼어요. 가게마다 어떻게 됐는지는 아래 표에 나와요."),
    "called_back": _("되불러 달라고 했어요. 잘 되면 다음 정산에 다시 들어가요."),
    "payee": _("결제사에 알리고 있어요. 잠시 뒤에 이 화면을 다시 봐 주세요."),
    "run_answered": _("은행 답을 읽었어요. 되돌아온 돈이 있으면 아래 표에 나와요."),
    "run_paid": _("은행이 보냈다고 적었어요."),
    "run_finished": _("정산을 마쳤어요. 수고하셨어요."),
    "returned": _("되돌아온 돈을 적었어요. 다음 정산에 다시 들어가요."),
    "account_proposed": _("계좌를 적었어요. 다른 분이 자기 기기에서 확인해야 써요."),
    "account_confirmed": _("계좌를 확인했어요. 다음 파일부터 이 계좌로 보내요."),
    "message": _("소식을 보내기로 했어요. 어디까지 갔는지는 아래에 나와요."),
    "message_stopped": _("멈췄어요. 아직 안 간 분에게는 안 가요."),
    "message_terms": _("고쳤어요. 다음 소식부터 그렇게 셈해요."),
    "message_template": _("글을 적었어요."),
    "inquiry": _("손님 화면에 바로 보였어요."),
    "claim": _("돌려드렸다고 적고 손님께 알렸어요."),
    "review_shown": _("후기를 보이게 했어요."),
    "review_hidden": _("후기를 가렸어요. 아래 ‘가린 후기’에서 다시 보일 수 있어요."),
    "review_event": _("이벤트를 열었어요. 손님이 후기를 쓸 때 바로 보여요."),
    "review_drawn": _("뽑았어요. 쿠폰은 저절로 가고, 누구나 다시 뽑아 볼 수 있게 번호를 보여 드려요."),
    "review_drawn_none": _("뽑을 사람이 없어서 아무도 못 뽑았어요."),
    "stamps": _("도장을 모으기 시작했어요. 가게마다 찍을 수 있어요."),
    "stamps_stopped": _("도장을 그만 모아요. 아래에서 다시 시작할 수 있어요."),
    "terms": _("정산 조건을 바꿨어요. 다음에 닫는 정산부터 그렇게 해요."),
}


def went_well(done: str, to: str, *args: object) -> HttpResponseRedirect:
    """Lead to a page of the office that says what was done."""
    return HttpResponseRedirect(f"{reverse(to, args=args)}?done={done}")
