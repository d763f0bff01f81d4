"""Messages to many in words: for whom, by which way, why not, and what came of it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jangteo.domains.campaigns.kinds import Bar, Channel, State
from jangteo.domains.campaigns.proof import Proof, Verdict
from jangteo.faces._parts.words.particles import subject

SEGMENT_NAMES: dict[str, Promise] = {
    "regular": gettext_lazy("단골"),
    "lapsed": gettext_lazy("뜸해진 단골"),
    "new": gettext_lazy("새 손님"),
    "today": gettext_lazy("오늘 다녀간 손님"),
    "all": gettext_lazy("한 번이라도 산 손님"),
}
SEGMENT_HINTS: dict[str, Promise] = {
    "regular": gettext_lazy("두 달 사이에 3번 넘게 오셨어요"),
    "lapsed": gettext_lazy("자주 오시다가 한 달 넘게 안 오셨어요"),
    "new": gettext_lazy("2주 안에 처음 오셨어요"),
    "today": gettext_lazy("오늘 사 가셨어요"),
    "all": gettext_lazy("1년 안에 사 가셨어요"),
}
CHANNEL_NAMES: dict[str, Promise] = {
    Channel.PUSH: gettext_lazy("휴대폰 알림"),
    Channel.EMAIL: gettext_lazy("전자우편"),
    Channel.ALIMTALK: gettext_lazy("알림톡"),
    Channel.SMS: gettext_lazy("문자"),
}
BAR_NAMES: dict[str, Promise] = {
    Bar.PRACTICE: gettext_lazy("연습 중이에요"),
    Bar.UNREACHABLE: gettext_lazy("보낼 길이 없어요"),
    Bar.NO_ADS_HERE: gettext_lazy("알림톡으로는 광고를 못 보내요"),
    Bar.NO_TEMPLATE: gettext_lazy("카카오가 승인한 알림톡 글이 없어요"),
    Bar.NO_BASIS: gettext_lazy("알림톡을 받을 까닭이 안 적혔어요"),
    Bar.WITHDRAWN: gettext_lazy("그만 받겠다고 하셨어요"),
    Bar.NO_CONSENT: gettext_lazy("소식 받기에 동의하지 않으셨어요"),
    Bar.TOO_OLD: gettext_lazy("동의한 지 2년이 넘었어요"),
    Bar.NIGHT: gettext_lazy("밤이에요"),
    Bar.TOO_MANY: gettext_lazy("이번 주에 시장 소식을 벌써 받으셨어요"),
}
STATE_NAMES: dict[str, tuple[Promise, str]] = {
    State.QUEUED: (gettext_lazy("기다려요"), "wait"),
    State.SENDING: (gettext_lazy("보내고 있어요"), "new"),
    State.DONE: (gettext_lazy("다 보냈어요"), "go"),
    State.STOPPED: (gettext_lazy("멈췄어요"), "stop"),
}
TEMPLATE_STATES: dict[str, Promise] = {
    "draft": gettext_lazy("쓰는 중"),
    "inspecting": gettext_lazy("카카오가 보는 중"),
    "approved": gettext_lazy("카카오가 승인했어요"),
    "rejected": gettext_lazy("반려됨"),
    "stopped": gettext_lazy("멈춤"),
}
BASIS_NAMES: dict[str, Promise] = {
    "": gettext_lazy("쿠폰·포인트 이야기가 아니에요"),
    "bought": gettext_lazy("사 가셔서 드린 것이에요"),
    "took_part": gettext_lazy("행사에 참여하셔서 드린 것이에요"),
}
MESSAGE_SENTENCES: dict[str, Promise] = {
    "campaigns.nothing_to_say": gettext_lazy("보낼 말이 없어요. %(most)s자까지 적거나 준비된 말을 골라 주세요."),
    "campaigns.nobody_to_tell": gettext_lazy("지금 보낼 수 있는 분이 없어요. 다른 손님을 고르거나 나중에 보내 주세요."),
    "campaigns.practice": gettext_lazy("연습에서는 소식이 진짜로 나가지 않아요. 여기까지 하시면 다 해 보신 거예요."),
    "campaigns.over": gettext_lazy("벌써 다 보냈거나 멈춘 소식이에요. 소식 화면에서 결과를 볼 수 있어요."),
    "campaigns.no_such_way": gettext_lazy("그렇게는 보낼 수 없어요. 누구에게 언제 보낼지 다시 골라 주세요."),
    "campaigns.no_test": gettext_lazy("시험 문자를 보낼 수 없어요. 전화번호가 적혀 있는지 상인회에 물어보세요."),
    "campaigns.template_incomplete": gettext_lazy(
        "알림톡 글에 빠진 것이 있어요. 번호와 내용 자리, 받는 까닭 자리를 넣고 (광고)는 빼 주세요."
    ),
    "campaigns.link_made_up": gettext_lazy("이 주소로는 할 수 없어요. 받으신 소식의 주소를 다시 눌러 주세요."),
}
MESSAGE_AUDIT: dict[str, Promise] = {
    "consent.given": gettext_lazy("광고 소식 받기에 동의했어요."),
    "consent.withdrawn": gettext_lazy("광고 소식을 그만 받기로 했어요."),
    "consent.refused_by_number": gettext_lazy("전화나 답장으로 온 수신거부 %(count)s명을 적었어요."),
    "consent.reminded": gettext_lazy("광고 동의를 다시 알려 드릴 %(count)s명을 골랐어요."),
    "news_push.on": gettext_lazy("이 시장 소식을 휴대폰 알림으로 받아요."),
    "news_push.off": gettext_lazy("휴대폰 알림을 껐어요."),
    "messages.terms": gettext_lazy("소식 보내는 값과 횟수를 고쳤어요."),
    "messages.template": gettext_lazy("알림톡 글을 적었어요."),
    "messages.test": gettext_lazy("시험 문자를 보냈어요."),
    "campaign.planned": gettext_lazy("소식을 %(people)s명에게 보내기로 했어요. %(held)s명은 견주려고 뺐어요."),
    "campaign.began": gettext_lazy("기다리던 소식을 보내기 시작했어요."),
    "campaign.stopped": gettext_lazy("소식을 멈췄어요. %(people)s명에게 안 갔어요."),
}


def ready_words(good_name: str = "") -> list[tuple[str, str]]:
    """Sentences to send by a tap, each with its key; of a good where one is named."""
    if good_name:
        good = {"good": subject(good_name)}
        return [
            ("fresh", _("오늘 %(good)s 좋아요.") % good),
            ("cheap", _("오늘 %(good)s 싸요.") % good),
            ("last", _("오늘 %(good)s 조금 남았어요. 떨이로 드려요.") % good),
        ]
    return [
        ("open", _("오늘 문 열었어요. 들러 주세요.")),
        ("miss", _("요즘 뜸하셔서 궁금해요. 지나다 들러 주세요.")),
        ("thanks", _("늘 와 주셔서 고마워요. 오늘 덤을 드려요.")),
    ]


def proof_words(proof: Proof, days_left: int) -> str:
    """What a message did, in one breath; says so when nobody knows."""
    sent = ngettext(
        "받은 %(n)s명 중 %(back)s명이 다시 왔어요.", "받은 %(n)s명 중 %(back)s명이 다시 왔어요.", proof.sent.people
    )
    told = sent % {"n": proof.sent.people, "back": proof.sent.back}
    if proof.visits is None:
        few = _("안 받은 분이 적어서 소식 덕분인지는 알 수 없어요.")
        return f"{told} {few}"
    held = ngettext(
        "안 받은 분은 %(n)s명 중 %(back)s명이에요.", "안 받은 분은 %(n)s명 중 %(back)s명이에요.", proof.held.people
    )
    return f"{told} {held % {'n': proof.held.people, 'back': proof.held.back}} {_verdict(proof, days_left)}"


def _verdict(proof: Proof, days_left: int) -> str:
    if not proof.is_over:
        soon = ngettext(
            "아직 몰라요. %(n)s일 더 지나면 알려 드려요.", "아직 몰라요. %(n)s일 더 지나면 알려 드려요.", days_left
        )
        return soon % {"n": days_left}
    words = {
        Verdict.HELPED: _("소식 덕분에 더 왔어요."),
        Verdict.HURT: _("소식을 받은 분이 덜 왔어요. 다음에는 말을 바꿔 보세요."),
        Verdict.UNKNOWN: _("소식 덕분인지는 아직 몰라요."),
    }
    return words[proof.verdict]
