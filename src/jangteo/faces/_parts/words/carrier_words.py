"""What is said about quick couriers and parcels: how far they are, refusals, and rows of the audit log."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.carriers.states import ParcelState, QuickState, Sign

Label = tuple[Promise, str]
QUICK_LABELS: dict[str, Label] = {
    QuickState.ASKED: (_("퀵을 부르고 있어요"), "wait"),
    QuickState.LOOKING: (_("기사님을 찾고 있어요"), "wait"),
    QuickState.ASSIGNED: (_("기사님이 시장으로 와요"), "info"),
    QuickState.PICKED_UP: (_("기사님이 가져가고 있어요"), "info"),
    QuickState.DELIVERED: (_("퀵으로 도착했어요"), "go"),
    QuickState.CANCELLED: (_("퀵을 취소했어요"), ""),
    QuickState.REFUSED: (_("퀵을 못 불렀어요"), "stop"),
}
PARCEL_LABELS: dict[str, Label] = {
    ParcelState.NOTED: (_("택배로 보냈어요"), "info"),
    ParcelState.ANNOUNCED: (_("택배사가 접수했어요"), "info"),
    ParcelState.TAKEN: (_("택배사가 가져갔어요"), "info"),
    ParcelState.MOVING: (_("오는 길이에요"), "info"),
    ParcelState.OUT: (_("오늘 도착해요"), "info"),
    ParcelState.WAITING: (_("맡겨 둔 곳에서 찾아가면 돼요"), "wait"),
    ParcelState.DELIVERED: (_("택배가 도착했어요"), "go"),
}
TROUBLE_LABELS: dict[str, Label] = {
    Sign.FAILED_DOOR: (_("갔는데 못 전했어요"), "stop"),
    Sign.TROUBLE: (_("택배사가 문제가 있다고 해요"), "stop"),
}
CARRIER_SENTENCES: dict[str, Promise] = {
    "carriers.refused": _("지금은 보낼 수 없어요. 화면을 새로 열어 보세요."),
    "carriers.not_for_delivery": _("가져다드리는 주문이 아니에요. 주문을 다시 열어 봐 주세요."),
    "carriers.quick_not_set_up": _("퀵 회사가 아직 이어지지 않았어요. 택배 번호는 지금도 넣을 수 있어요."),
    "carriers.quick_under_way": _("벌써 퀵을 불렀어요. 바꾸려면 먼저 부른 퀵을 취소해 주세요."),
    "carriers.too_late_to_stop": _("기사님이 벌써 가져갔어요. 꼭 멈춰야 하면 퀵 회사에 전화해 주세요."),
    "carriers.market_nowhere": _(
        "시장 위치가 적혀 있지 않아서 기사님을 부를 수 없어요. 프로그램을 돌보는 분께 알려 주세요."
    ),
    "carriers.point_unreadable": _("지도의 두 숫자를 읽지 못했어요. 37.5665, 126.9780처럼 붙여 넣어 주세요."),
    "carriers.point_swapped": _("두 숫자의 앞뒤가 바뀌었어요. 37처럼 작은 숫자를 먼저 적어 주세요."),
    "carriers.point_far": _("시장에서 너무 먼 곳이에요. 숫자를 다시 보고, 맞으면 택배로 보내 주세요."),
    "carriers.carrier_unknown": _("택배사를 골라 주세요."),
    "carriers.number_not_digits": _("송장 번호는 숫자만 적어 주세요. 빈칸이나 줄표는 있어도 돼요."),
    "carriers.number_length": _(
        "%(carrier)s 송장 번호는 %(lengths)s자리예요. 지금은 %(digits)s자리라서 다시 봐 주세요."
    ),
    "carriers.number_doubtful": _(
        "%(carrier)s 번호의 끝자리가 보통과 달라요. 송장을 한 번 더 보고, 맞으면 아래에 표시하고 다시 눌러 주세요."
    ),
    "carriers.number_taken": _("그 번호는 %(order)s번 주문에 넣은 번호예요. 송장을 다시 봐 주세요."),
    "carriers.text_too_long": _("글이 길어요. %(most)s자까지 적을 수 있어요."),
}
CARRIER_AUDIT: dict[str, Promise] = {
    "quick.called": _("퀵을 불렀어요. 어림값은 %(estimate_won)s원이에요."),
    "quick.moved": _("퀵: %(stage)s"),
    "quick.stop_asked": _("퀵을 취소해 달라고 했어요."),
    "quick.goes_on": _("퀵 회사가 취소를 안 받아서 그대로 가요."),
    "parcel.noted": _("%(carrier)s 택배 번호를 넣었어요."),
    "parcel.moved": _("택배: %(stage)s"),
    "parcel.taken_back": _("택배 번호를 뺐어요."),
    "quick.forgotten": _("보관 기간이 끝나서 퀵 %(calls)s건의 주소를 지웠어요."),
}
CARRIER_VALUES: dict[str, dict[str, Promise]] = {
    "stage": {key: label[0] for key, label in {**QUICK_LABELS, **PARCEL_LABELS, **TROUBLE_LABELS}.items()}
    | {ParcelState.DELIVERED: _("도착했어요")}
}
