"""떨이 in three taps: the door, and a form that says already what most stalls want."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.rules import closing_after
from jangteo.domains.events.rules import LONGEST_FLASH, PERCENTS
from jangteo.domains.events.told import NewFlash
from jangteo.domains.markets.models import Market
from jangteo.faces._parts.words.times import hour_words
from jangteo.kernel import clock

USUAL_PERCENT = 30
HOURS_AHEAD = 3


class FlashForm(forms.Form):
    """How much less, from when, and which goods: all that are left unless somebody takes some out."""

    percent = forms.TypedChoiceField(
        label=_("얼마나 깎아요?"),
        choices=[(str(percent), f"{percent}%") for percent in PERCENTS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("하나를 골라 주세요."), "invalid_choice": _("하나를 골라 주세요.")},
    )
    start = forms.ChoiceField(
        label=_("언제부터예요?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("하나를 골라 주세요."),
            "invalid_choice": _("지난 시간이에요. 다시 골라 주세요."),
        },
    )

    def __init__(self, data: QueryDict | None, *, market: Market, goods: Sequence[Good]) -> None:
        every = [str(good.pk) for good in goods]
        super().__init__(data, initial={"percent": USUAL_PERCENT, "start": "now", "goods": every})
        self._now, self._closes = clock.now(), market.closes_at
        self.fields["start"].choices = [("now", _("지금부터")), *self._hours()]  # type: ignore[attr-defined]  # a choice field
        self.fields["goods"] = forms.MultipleChoiceField(
            label=_("어떤 것을요?"),
            choices=[(str(good.pk), f"{good.name} {good.unit}") for good in goods],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("하나 이상 골라 주세요."),
                "invalid_choice": _("그사이 팔렸거나 값이 바뀐 물건이 있어요. 다시 골라 주세요."),
            },
        )

    def told(self, stall_id: int) -> NewFlash:
        """What a valid form asks for; it lasts until the market closes, at most as long as any may."""
        said = self.cleaned_data
        starts = self._now if said["start"] == "now" else datetime.fromisoformat(said["start"])
        return NewFlash(
            stall_id=stall_id,
            good_ids=tuple(int(pk) for pk in said["goods"]),
            percent=said["percent"],
            starts_at=starts,
            ends_at=min(closing_after(starts, self._closes), starts + LONGEST_FLASH),
        )

    def _hours(self) -> list[tuple[str, str]]:
        """The next whole hours before closing, as people say them: 오후 5시부터."""
        closing = closing_after(self._now, self._closes)
        first = self._now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        hours = [first + timedelta(hours=n) for n in range(HOURS_AHEAD)]
        return [
            (hour.isoformat(), str(_("%(time)s부터") % {"time": hour_words(hour.astimezone(clock.KST).time())}))
            for hour in hours
            if hour < closing
        ]
