"""Ending an order that could not be given to anybody."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from jangteo.domains.ordering.actions.end_ungiven import end_ungiven
from jangteo.domains.ordering.queries_find import order_by_id
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.looking import seen
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.kernel.errors import Refused

BACK, KEPT = "back", "kept"


class EndForm(forms.Form):
    """What becomes of the money."""

    money = forms.ChoiceField(
        label=_("돈은 어떻게 할까요?"),
        choices=[
            (BACK, _("돌려드려요. 물건은 가게로 돌아가요.")),
            (KEPT, _("그대로 둬요. 물건값은 가게 몫이에요.")),
        ],
        widget=forms.RadioSelect,
        help_text=_("가게나 배달이 잘못했으면 꼭 돌려드려요. 그대로 두려면 손님께 미리 알린 약속이 있어야 해요."),
        error_messages={"required": _("둘 가운데 하나를 골라 주세요.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def end(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """Ask what becomes of the money, then end it."""
    view, form = order_by_id(order_id), EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_back = form.cleaned_data["money"] == BACK
        try:
            end_ungiven(market=at.market, actor=at.actor, order_id=order_id, money_back=is_back)
            return went_well("ungiven", "office:order", order_id)
        except Refused as no:
            form.add_error("money", sentence(no))
    seen(request, at, Seen("order", f"order:{order_id}"))
    return page(request, at, "ungiven", view=view, form=form, status=422 if form.is_bound else 200)
