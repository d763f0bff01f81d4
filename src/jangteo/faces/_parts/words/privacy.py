"""What is known of people and for how long, in plain words: for the page of the shop, the file and the office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.regulars.privacy_models import Deletion
from jangteo.domains.regulars.rules import RULES, WHILE_MEMBER, Keeps, Law, Retention


@dataclass(frozen=True, slots=True)
class Topic:
    """`many` says how many there are, `%(count)s`; `what` says what of a person is in it; `goes` what deleting does."""

    name: Promise
    many: Promise
    what: Promise
    goes: Promise


_ERASED = gettext_lazy("지워요")
_ADDRESS_GONE = gettext_lazy("주소를 지우고 값만 남겨요")
_UNNAMED = gettext_lazy("이름을 가리고 번호와 주소는 지워요")
_NOBODYS = gettext_lazy("누구 것인지 알 수 없게 돼요")
_LATER = gettext_lazy("3달 두었다가 지워요")

TOPICS: dict[str, Topic] = {
    "account": Topic(
        gettext_lazy("내 번호와 이름"),
        gettext_lazy("번호 %(count)s개"),
        gettext_lazy("전화번호, 이름, 이메일"),
        _ERASED,
    ),
    "orders": Topic(
        gettext_lazy("주문"),
        gettext_lazy("%(count)s번"),
        gettext_lazy("이름, 전화번호, 배달 주소, 남긴 말, 산 물건"),
        _UNNAMED,
    ),
    "sales": Topic(
        gettext_lazy("가게에서 산 것"), gettext_lazy("%(count)s번"), gettext_lazy("언제 어느 가게에서 얼마"), _UNNAMED
    ),
    "cash_receipts": Topic(
        gettext_lazy("현금영수증"), gettext_lazy("%(count)s장"), gettext_lazy("가린 번호와 금액"), _ERASED
    ),
    "help_calls": Topic(
        gettext_lazy("도우미 부름"), gettext_lazy("%(count)s번"), gettext_lazy("부른 곳, 이름, 전화번호"), _ERASED
    ),
    "calls": Topic(
        gettext_lazy("전화 주문"),
        gettext_lazy("%(count)s번"),
        gettext_lazy("누구 번호인지, 읽어 드린 말, 받은 사람"),
        _NOBODYS,
    ),
    "favourites": Topic(gettext_lazy("찜"), gettext_lazy("%(count)s개"), gettext_lazy("찜한 가게와 물건"), _ERASED),
    "sign_ins": Topic(
        gettext_lazy("들어온 기록"), gettext_lazy("%(count)s번"), gettext_lazy("언제 어디서 들어왔는지"), _LATER
    ),
    "programs": Topic(
        gettext_lazy("이어 둔 프로그램"), gettext_lazy("%(count)s개"), gettext_lazy("프로그램 이름"), _ERASED
    ),
    "coupons": Topic(
        gettext_lazy("쿠폰"),
        gettext_lazy("%(count)s장"),
        gettext_lazy("받은 쿠폰과 쓴 쿠폰"),
        gettext_lazy("못 쓰게 돼요"),
    ),
    "points": Topic(
        gettext_lazy("적립금"), gettext_lazy("%(count)s건"), gettext_lazy("쌓은 돈과 쓴 돈"), gettext_lazy("사라져요")
    ),
    "stamps": Topic(
        gettext_lazy("도장"),
        gettext_lazy("%(count)s개"),
        gettext_lazy("어느 가게 도장이 몇 개"),
        gettext_lazy("사라져요"),
    ),
    "reviews": Topic(gettext_lazy("후기"), gettext_lazy("%(count)s개"), gettext_lazy("쓴 글과 사진"), _ERASED),
    "inquiries": Topic(
        gettext_lazy("물어본 것"), gettext_lazy("%(count)s건"), gettext_lazy("물어본 말과 답"), _UNNAMED
    ),
    "events": Topic(
        gettext_lazy("행사 신청"), gettext_lazy("%(count)s번"), gettext_lazy("이름, 전화번호, 신청한 행사"), _ERASED
    ),
    "rebates": Topic(
        gettext_lazy("환급행사"), gettext_lazy("%(count)s번"), gettext_lazy("가린 이름, 받은 상품권"), _NOBODYS
    ),
    "errands": Topic(
        gettext_lazy("퀵 배달"), gettext_lazy("%(count)s번"), gettext_lazy("주소와 기사님께 적은 말"), _ADDRESS_GONE
    ),
    "doors": Topic(
        gettext_lazy("배달한 문 앞"), gettext_lazy("%(count)s번"), gettext_lazy("주소와 문 앞 사진"), _ERASED
    ),
    "consents": Topic(
        gettext_lazy("소식 받기"), gettext_lazy("%(count)s건"), gettext_lazy("언제 무엇에 동의했는지"), _NOBODYS
    ),
    "messages": Topic(
        gettext_lazy("받은 소식"), gettext_lazy("%(count)s건"), gettext_lazy("언제 어떤 소식을 받았는지"), _NOBODYS
    ),
}
# Kinds of things with a time limit that are no topic of a person's own.
KINDS: dict[str, Promise] = {
    "looks": gettext_lazy("누가 내 정보를 봤는지 적은 기록"),
    "looks_of_many": gettext_lazy("그 기록, 손님이 5만 명을 넘는 곳"),
    "proofs": gettext_lazy("지웠다는 확인"),
    "take_outs": gettext_lazy("내려받으라고 만든 파일"),
}
# What is done when it is not a name that goes.
UNNAMED_BY: dict[str, Promise] = {
    "errands": _ADDRESS_GONE,
    "messages": gettext_lazy("누가 받았는지와 글을 지우고 몇 통인지만 남겨요"),
    "calls": gettext_lazy("누가 걸었는지 알 수 없게 돼요"),
}
FIELDS: dict[str, Promise] = {
    "phone": gettext_lazy("전화번호"),
    "name": gettext_lazy("이름"),
    "email": gettext_lazy("이메일"),
    "joined_at": gettext_lazy("처음 온 때"),
    "label": gettext_lazy("이름"),
    "made_at": gettext_lazy("만든 때"),
    "ended_at": gettext_lazy("끝난 때"),
    "number": gettext_lazy("번호"),
    "placed_at": gettext_lazy("주문한 때"),
    "wanted_at": gettext_lazy("받을 때"),
    "address": gettext_lazy("주소"),
    "note": gettext_lazy("남긴 말"),
    "goods": gettext_lazy("물건"),
    "stall": gettext_lazy("가게"),
    "paid_at": gettext_lazy("낸 때"),
    "won": gettext_lazy("금액(원)"),
    "asked_at": gettext_lazy("부탁한 때"),
    "shown": gettext_lazy("가린 번호"),
    "called_at": gettext_lazy("부른 때"),
    "place": gettext_lazy("곳"),
    "at": gettext_lazy("때"),
    "from_address": gettext_lazy("들어온 주소"),
    "state": gettext_lazy("상태"),
    "text": gettext_lazy("글"),
    "answer": gettext_lazy("답"),
    "stars": gettext_lazy("별점"),
    "count": gettext_lazy("개수"),
    "what": gettext_lazy("무엇"),
    "until": gettext_lazy("언제까지"),
    "channel": gettext_lazy("받는 길"),
    "purpose": gettext_lazy("무엇에"),
    "wording": gettext_lazy("동의한 말"),
    "where": gettext_lazy("어디에서"),
    "taken_by": gettext_lazy("받은 사람"),
    "photos": gettext_lazy("사진 수"),
}
LOOKS: dict[str, Promise] = {
    "labels": gettext_lazy("이름표 뽑기"),
    "orders": gettext_lazy("주문 목록"),
    "order": gettext_lazy("주문 한 건"),
    "order.unmasked": gettext_lazy("가린 것을 열어 봄"),
    "caller": gettext_lazy("전화 건 분의 지난 주문"),
    "calls": gettext_lazy("도움 부름 목록"),
    "call": gettext_lazy("도움 부른 분의 전화번호"),
    "wave": gettext_lazy("배달할 주소 목록"),
    "event": gettext_lazy("행사 신청한 분들"),
    "event.list": gettext_lazy("행사 접수 명단"),
    "event.unmasked": gettext_lazy("행사 신청한 분들을 열어 봄"),
    "looks.file": gettext_lazy("본 기록을 파일로 받음"),
    "deletions": gettext_lazy("지우기 부탁 목록"),
}
REASONS: tuple[Promise, ...] = (
    gettext_lazy("손님께 전화하려고"),
    gettext_lazy("배달하려고"),
    gettext_lazy("돈을 돌려드리려고"),
)
LAWS: dict[Law, Promise] = {
    Law.COMMERCE: gettext_lazy("전자상거래법 시행령 6조"),
    Law.COMMUNICATIONS: gettext_lazy("통신비밀보호법 시행령 41조"),
    Law.SAFEKEEPING: gettext_lazy("개인정보의 안전성 확보조치 기준 8조"),
    Law.PRIVACY: gettext_lazy("개인정보 보호법 36조"),
}


def topic_name(topic: str) -> str:
    """What people call it."""
    known = TOPICS.get(topic)
    return str(known.name if known else KINDS.get(topic, topic))


def many(topic: str, count: int) -> str:
    """How many of them: 12번, 3장."""
    known = TOPICS.get(topic)
    return str(known.many) % {"count": count} if known else str(count)


def time_words(rule: Retention) -> str:
    """5년, 3달, 30일."""
    if rule.years:
        return _("%(count)s년") % {"count": rule.years}
    if rule.months:
        return _("%(count)s달") % {"count": rule.months}
    return _("%(count)s일") % {"count": rule.days}


@dataclass(frozen=True, slots=True)
class KeptFor:
    """One row of the page of time limits."""

    name: str
    what: str
    time: str
    ends: str
    why: str


def time_limits(rules: Iterable[Retention] = tuple(RULES.values())) -> list[KeptFor]:
    """The page that everybody may read, made of the table that the program itself keeps to."""
    return [_row(rule) for rule in rules]


@dataclass(frozen=True, slots=True)
class KeptAsLong:
    """One row of what has no time of its own."""

    name: str
    what: str
    until: str


def without_limit() -> list[KeptAsLong]:
    """What stays as long as the person does, and what says itself how long."""
    stays, says = _("회원으로 계시는 동안"), _("행사가 끝나고 정해진 날(보통 30일)까지")
    rows = [(topic, stays if topic in WHILE_MEMBER else says) for topic in TOPICS if topic not in RULES]
    return [KeptAsLong(topic_name(topic), str(TOPICS[topic].what), until) for topic, until in rows]


def _row(rule: Retention) -> KeptFor:
    known = TOPICS.get(rule.topic)
    unnamed = str(UNNAMED_BY.get(rule.topic, _("이름과 번호를 지워요")))
    ends = unnamed if rule.ends is Keeps.UNNAMED else _("모두 지워요")
    why = str(LAWS[rule.law]) if rule.law is not None else _("더 둘 까닭이 없어서")
    return KeptFor(topic_name(rule.topic), str(known.what) if known else "", time_words(rule), ends, why)


def forgotten_words(deletion: Deletion) -> str:
    """The text that says that it is done. Korean, as all texts are."""
    with translation.override("ko"):
        return _(
            "[%(market)s] 부탁하신 대로 모두 지웠어요. 확인 번호는 %(number)s예요. 이 번호로는 이제 문자가 가지 않아요."
        ) % {
            "market": deletion.market.name,
            "number": deletion.number,
        }


PRIVACY_SENTENCES: dict[str, Promise] = {
    "people.no_mails": gettext_lazy("지금은 이메일을 보낼 수 없어요. 조금 뒤에 다시 하시거나 문자로 받아 주세요."),
    "people.mail_refused": gettext_lazy("그 주소로는 보낼 수 없대요. 주소를 다시 봐 주세요."),
    "people.number_taken": gettext_lazy("다른 분이 쓰는 번호예요. 그 번호로 들어가시거나 상인회에 전화해 주세요."),
    "regulars.already_asked": gettext_lazy("벌써 부탁하셨어요. ‘내 정보’에서 언제 지우는지 보고 되돌릴 수 있어요."),
    "regulars.nothing_to_withdraw": gettext_lazy("되돌릴 것이 없어요. ‘내 정보’를 새로 열어 봐 주세요."),
    "regulars.reason_missing": gettext_lazy("왜 보는지 두 글자 넘게 적어 주세요. 까닭은 기록에 남아요."),
    "regulars.take_out_gone": gettext_lazy("파일은 하루만 두어요. ‘모두 내려받기’에서 다시 모아 주세요."),
    "regulars.month_not_over": gettext_lazy("그 달이 아직 안 끝났어요. 다음 달에 확인해 주세요."),
}
PRIVACY_AUDIT: dict[str, Promise] = {
    "customer.closed": gettext_lazy("손님이 나간 것으로 적었어요."),
    "customer.corrected": gettext_lazy("손님이 자기 정보를 고쳤어요."),
    "customer.new_number": gettext_lazy("손님이 번호를 바꿨어요."),
    "customer.deletion_asked": gettext_lazy("손님이 모두 지워 달라고 했어요 (%(number)s)."),
    "customer.deletion_withdrawn": gettext_lazy("손님이 지우지 않기로 했어요 (%(number)s)."),
    "customer.forgotten": gettext_lazy("부탁대로 손님 정보를 지웠어요 (%(number)s)."),
    "customer.data_asked": gettext_lazy("손님이 자기 정보를 모아 달라고 했어요."),
    "messages.forgotten": gettext_lazy("여섯 달 지난 소식 %(count)s통에서 누가 받았는지를 지웠어요."),
    "looks.reviewed": gettext_lazy("%(month)s부터 한 달 동안 손님 정보를 본 기록 %(looks)s건을 확인했어요."),
}
