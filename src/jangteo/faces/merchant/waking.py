"""Whether this phone may be asked to ring with its screen off."""

from __future__ import annotations

from django import forms

from jangteo.domains.people import push_senders
from jangteo.domains.people.push_port import PushTarget
from jangteo.faces._parts.devices import AtStall


class SubscriptionForm(forms.Form):
    """What a browser says of itself; whether it fits, the sender knows."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=90)
    auth = forms.CharField(max_length=30)

    def target(self) -> PushTarget:
        """Of a valid form."""
        return PushTarget(**self.cleaned_data)


def waking_key(at: AtStall) -> str:
    """What the browser needs to be asked; "" on a helper's phone, where people practise, and where nothing is sent."""
    sender = push_senders.current()
    return "" if sender is None or at.acting is not None else sender.public_key
