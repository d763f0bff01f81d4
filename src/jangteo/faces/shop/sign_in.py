"""How allauth reaches our accounts: by phone number, with a 6-digit code in a text message."""

from __future__ import annotations

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext

from jangteo.domains.people import senders
from jangteo.domains.people.models import User
from jangteo.domains.people.ports import TextRejected, TextUnknown
from jangteo.kernel import ids
from jangteo.kernel.errors import Refused
from jangteo.kernel.tenancy import in_practice

CODE_DIGITS = 6


class NoTexts(Refused):
    """No sender is set up, or it does not answer."""

    code = "people.no_texts"


class TextRefused(Refused):
    """The sender will not send to this number."""

    code = "people.text_refused"


class PhoneAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made and numbers confirmed by the actions of `people`; allauth keeps the codes and the sessions."""

    def generate_phone_verification_code(self, *, user: AbstractBaseUser, phone: str) -> str:
        """Digits only: they are read from a lock screen and typed on a number pad."""
        return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"

    def send_verification_code_sms(self, user: AbstractBaseUser, phone: str, code: str, **kwargs: object) -> None:
        """Raises NoTexts and TextRefused. Never where people practise: there everybody reads what is texted."""
        sender = senders.current()
        if sender is None or in_practice():
            raise NoTexts
        text = gettext("[장터] 들어가는 번호는 %(code)s예요. 아무에게도 알려 주지 마세요.") % {"code": code}
        try:
            sender.send(to=phone, text=text, key=f"code:{ids.new_token()}")
        except TextRejected as rejected:
            raise TextRefused from rejected
        except TextUnknown as unknown:
            raise NoTexts from unknown

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone, is_active=True).first()

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if isinstance(user, User) and user.phone else None

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        """Numbers are set by `register_customer` only."""

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        """Stored by `confirm_phone` before allauth is told to finish; only its own copy of the user is stale."""
        if isinstance(user, User):
            user.phone_verified = True

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """allauth's own sign-up stays shut: the first code makes the account."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Our pages say themselves what happened."""
