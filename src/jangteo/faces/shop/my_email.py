"""The e-mail address of a customer: typed, proven by a code that was sent to it, taken away."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.ports import Mail, MailRefused
from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.faces.shop.proving import ProvingForm, new_code, wait_for_code
from jangteo.kernel import ids
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

NEW_EMAIL = "new_email"
# Mail may lie in a queue for a while.
CODE_LIVES = timedelta(minutes=30)
CODES_PER_HOUR = 5
HOUR = timedelta(hours=1)


class NoMails(Refused):
    """No mail server is set up, or it does not answer."""

    code = "people.no_mails"


class MailAddressRefused(Refused):
    """The mail server will not take this address."""

    code = "people.mail_refused"


class EmailForm(forms.Form):
    """An address that somebody can really have."""

    email = forms.EmailField(
        label=gettext_lazy("이메일 주소"),
        max_length=100,
        widget=forms.EmailInput({"class": "input", "autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": gettext_lazy("이메일 주소를 적어 주세요."),
            "invalid": gettext_lazy("이메일을 다시 봐 주세요. 골뱅이(@)가 있어야 해요."),
        },
    )

    def clean_email(self) -> str:
        """Mail servers tell capitals apart before the @ only in theory."""
        return str(self.cleaned_data["email"]).lower()


def code_form(request: HttpRequest) -> ProvingForm:
    """The six digits of the mail."""
    missing = _("이메일로 온 여섯 자리를 적어 주세요.")
    return ProvingForm(request, NEW_EMAIL, label=_("이메일로 온 여섯 자리"), missing=missing)


def can_send() -> bool:
    """Whether a mail server is set up here."""
    return outside.current().mails is not None


def send_code(request: HttpRequest, market: Market, user: User, address: str) -> None:
    """Mail a code to an address that is not theirs yet. Raises TooOften, NoMails and MailAddressRefused."""
    mails = outside.current().mails
    if mails is None:
        raise NoMails
    check_rate(f"mail:{ids.token_digest(address)}", most=CODES_PER_HOUR, window=HOUR)
    check_rate(f"new_email:{user.pk}", most=CODES_PER_HOUR, window=HOUR)
    code = new_code()
    with translation.override("ko"):
        subject = _("[%(market)s] 확인 번호 %(code)s") % {"market": market.name, "code": code}
        text = _("확인 번호는 %(code)s예요. 30분 안에 적어 주세요. 부탁하신 적이 없으면 그냥 지우셔도 돼요.") % {
            "code": code
        }
    try:
        mails.send(Mail(f"code:{ids.new_token()}", address, subject, text, ""))
    except MailRefused:
        raise MailAddressRefused from None
    except OSError:
        raise NoMails from None
    wait_for_code(request, NEW_EMAIL, address, code, CODE_LIVES)
