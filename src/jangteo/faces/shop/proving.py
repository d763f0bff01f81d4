"""A code that was sent to a number or an address proves that it is theirs. It lives in the session, as a digest."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from jangteo.faces.shop.sign_in import CODE_DIGITS
from jangteo.kernel import clock, ids

MOST_TRIES = 5


def new_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def wait_for_code(request: HttpRequest, slot: str, what: str, code: str, lives: timedelta) -> None:
    """From now on `what` waits for its code; what waited in this slot before waits no more."""
    request.session[slot] = {
        "what": what,
        "digest": ids.token_digest(f"{what}:{code}"),
        "until": (clock.now() + lives).isoformat(),
        "tries": 0,
    }


def waits_for_code(request: HttpRequest, slot: str) -> str:
    """The number or address that waits for its code, "" where none does or its time is over."""
    waiting = request.session.get(slot)
    if not waiting or datetime.fromisoformat(waiting["until"]) < clock.now():
        return ""
    return str(waiting["what"])


class ProvingForm(forms.Form):
    """The six digits that were sent; five wrong ones end it."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput({"class": "input input-code", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, request: HttpRequest, slot: str, *, label: str, missing: str) -> None:
        super().__init__(request.POST or None)
        self._request, self._slot = request, slot
        self.fields["code"].label = label
        self.fields["code"].error_messages["required"] = missing

    def clean_code(self) -> str:
        session, slot = self._request.session, self._slot
        waiting = session[slot]
        typed = "".join(c for c in self.cleaned_data["code"] if c.isascii() and c.isdigit())
        if ids.token_digest(f"{waiting['what']}:{typed}") == waiting["digest"]:
            return typed
        waiting["tries"] += 1
        session[slot] = waiting
        if waiting["tries"] >= MOST_TRIES:
            del session[slot]
        raise forms.ValidationError(_("번호가 달라요. 가장 나중에 온 번호를 봐 주세요."))
