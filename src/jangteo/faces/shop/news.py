"""What a customer can say about news, and under which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.templatetags.static import static
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.campaigns.actions.forget_customer_push import forget_customer_push
from jangteo.domains.campaigns.actions.keep_customer_push import keep_customer_push
from jangteo.domains.campaigns.actions.say_consent import Word, say_consent
from jangteo.domains.campaigns.kinds import Channel, Move, Purpose
from jangteo.domains.campaigns.models import Notice
from jangteo.domains.campaigns.queries import consents_of, notices_of
from jangteo.domains.campaigns.queries_people import Said
from jangteo.domains.markets.models import Market
from jangteo.domains.people import push_senders
from jangteo.domains.people.models import User
from jangteo.domains.people.push_port import PushTarget
from jangteo.faces.shop.customer import GUEST
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor

UNDO_WITHIN = timedelta(hours=1)
# What stands above each button: kept with the consent, in Korean, as it was read.
WORDINGS: dict[tuple[Channel, Purpose], Promise] = {
    (Channel.SMS, Purpose.AD): _("시장과 가게의 광고 소식을 문자로 받는 데 동의해요."),
    (Channel.SMS, Purpose.AD_NIGHT): _("밤 9시부터 아침 8시 사이에도 광고 문자를 받는 데 동의해요."),
    (Channel.PUSH, Purpose.AD): _("시장과 가게의 광고 소식을 휴대폰 알림으로 받는 데 동의해요."),
    (Channel.EMAIL, Purpose.AD): _("시장과 가게의 광고 소식을 전자우편으로 받는 데 동의해요."),
}
EVERY = tuple((channel, Purpose.AD) for channel in Channel)


class NewsForm(forms.Form):
    """One press: about what, and yes or no. `all` is every way at once, and only ever a no."""

    about = forms.ChoiceField(choices=[(f"{channel}-{purpose}", "") for channel, purpose in WORDINGS] + [("all", "")])
    say = forms.ChoiceField(choices=[("yes", ""), ("no", "")])


class PushForm(forms.Form):
    """What a browser says of itself."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=90)
    auth = forms.CharField(max_length=30)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the page shows: ways that are on, and what the person was told about it."""

    sms: bool
    night: bool
    push: bool
    email: bool
    has_email: bool
    since: datetime | None
    notices: list[Notice]
    push_key: str

    @property
    def any(self) -> bool:
        return self.sms or self.push or self.email


def choices_of(user: User) -> Choices:
    """Two statements."""
    said = consents_of(user.pk)
    sender = push_senders.current()
    given = [one.since for one in said.values() if one.given]
    return Choices(
        sms=_is_on(said, Channel.SMS),
        night=_is_on(said, Channel.SMS, Purpose.AD_NIGHT),
        push=_is_on(said, Channel.PUSH),
        email=_is_on(said, Channel.EMAIL),
        has_email=bool(user.email),
        since=max(given) if given else None,
        notices=notices_of(user.pk),
        push_key="" if sender is None else sender.public_key,
    )


def say(market: Market, actor: Actor, user: User, form: NewsForm) -> None:
    """Write the press down."""
    about, yes = form.cleaned_data["about"], form.cleaned_data["say"] == "yes"
    if about == "all":
        say_consent(market=market, actor=actor, user_id=user.pk, word=Word(Move.WITHDRAWN, EVERY, "shop"))
        forget_customer_push(market=market, actor=actor, user_id=user.pk)
        return
    channel, purpose = about.split("-")
    _say_one(market, actor, user, (Channel(channel), Purpose(purpose)), yes)


def keep_push(market: Market, actor: Actor, user: User, form: PushForm) -> None:
    """The browser is kept, and with it the yes under the words above its button."""
    keep_customer_push(market=market, actor=actor, user_id=user.pk, target=PushTarget(**form.cleaned_data))
    _say_one(market, actor, user, (Channel.PUSH, Purpose.AD), True)


def say_by_link(market: Market, user_id: int, said: str) -> None:
    """No, for every way there is; or, right after that, what was before."""
    if said != "again":
        say_consent(market=market, actor=GUEST, user_id=user_id, word=Word(Move.WITHDRAWN, EVERY, "link"))
        return
    lately = clock.now() - UNDO_WITHIN
    taken = [one for one, standing in consents_of(user_id).items() if not standing.given and standing.since > lately]
    back = [one for one in taken if one in WORDINGS]
    if back:
        words = gettext("받은 소식의 주소에서 ‘다시 받을래요’를 눌렀어요.")
        say_consent(market=market, actor=GUEST, user_id=user_id, word=Word(Move.GIVEN, back, "link", words))


def worker_text() -> str:
    """The worker's own file, with the one word that it shows."""
    word = gettext("그만 받기").replace('"', "")
    icon = static("merchant/icon-192.png")
    return f'self.WORDS = {{ refuse: "{word}", icon: "{icon}" }};\nimportScripts("{static("shop/news_worker.js")}");\n'


def _say_one(market: Market, actor: Actor, user: User, one: tuple[Channel, Purpose], yes: bool) -> None:
    with translation.override("ko"):
        words = str(WORDINGS[one]) if yes else ""
    move = Move.GIVEN if yes else Move.WITHDRAWN
    say_consent(market=market, actor=actor, user_id=user.pk, word=Word(move, [one], "shop", words))
    if not yes and one[0] is Channel.PUSH:
        forget_customer_push(market=market, actor=actor, user_id=user.pk)


def _is_on(said: Said, channel: Channel, purpose: Purpose = Purpose.AD) -> bool:
    standing = said.get((channel, purpose))
    return standing is not None and standing.given
