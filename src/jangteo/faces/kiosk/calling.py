"""도움: somebody at a kiosk calls a helper, who sees at once which kiosk it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jangteo.domains.devices.models import Screen
from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.models import HelpCall


def call_from(screen: Screen, what: str, key: str, *, who: str = "") -> NewCall:
    """A call with the place where the screen stands. `who` is the number of a ticket, or nobody is known."""
    place = screen.place or screen.name
    return NewCall(HelpCall.Face.KIOSK, place, what, key, who=who)


def say(call: HelpCall) -> str:
    """What the kiosk tells whoever called."""
    if call.state == HelpCall.State.TAKEN and call.taken_by is not None:
        return _("%(name)s 도우미가 오고 있어요. 여기서 잠깐 기다려 주세요.") % {"name": call.taken_by.name}
    return _("도우미를 불렀어요. 여기서 잠깐 기다려 주세요.")
