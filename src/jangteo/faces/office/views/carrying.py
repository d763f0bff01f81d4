"""Carrying bags to the car park or the bus stop on market days."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from jangteo.domains.helping.actions.set_carry_points import set_carry_points
from jangteo.domains.helping.queries import carried_by_day, carry_points
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

SHOWN = timedelta(days=60)


class PointsForm(forms.Form):
    """A line for each place."""

    points = forms.CharField(
        label=_("어디까지 들어다 드려요?"),
        required=False,
        max_length=1_000,
        help_text=_("한 줄에 하나씩 적어 주세요. 비우면 짐 들어 주기를 안 해요."),
        widget=forms.Textarea({"class": "input", "rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def carrying(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Where to, and how often it was done."""
    known = "\n".join(point.name for point in carry_points())
    form = PointsForm(request.POST if request.method == "POST" else None, initial={"points": known})
    if form.is_valid():
        try:
            set_carry_points(market=at.market, actor=at.actor, names=form.cleaned_data["points"].splitlines())
            return went_well("carry_points", "office:carrying")
        except Refused as no:
            form.add_error("points", sentence(no))
    days = carried_by_day(clock.now() - SHOWN)
    return page(request, at, "carrying", form=form, days=days, status=422 if form.is_bound else 200)
