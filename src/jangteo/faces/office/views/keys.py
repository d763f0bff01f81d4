"""Keys for programs that act as a stall."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangteo.domains.markets.queries import stall_by_id
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.revoke_api_token import revoke_api_token
from jangteo.domains.people.queries_office import stall_token
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.forms import KeyForm
from jangteo.faces.office.pages import page


@require_POST
@for_office
def make(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """Make a key and show it this one time; only its digest is kept."""
    stall = stall_by_id(stall_id)
    form = KeyForm(request.POST)
    label = form.cleaned_data["label"] if form.is_valid() else ""
    token = make_api_token(market=at.market, actor=at.actor, label=label or _("프로그램"), stall=stall)
    return page(request, at, "key", stall=stall, token=token)


@require_POST
@for_office
def revoke(request: HttpRequest, at: AtOffice, token_id: int) -> HttpResponse:
    """Shut a program out; a second press changes nothing."""
    token = stall_token(token_id)
    revoke_api_token(market=at.market, actor=at.actor, token_id=token_id)
    return redirect("office:stall", token.stall_id)
