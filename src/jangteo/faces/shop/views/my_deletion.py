"""Deleting everything: asked, three days to think better of it, and the proof."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.regulars.actions.ask_deletion import ask_deletion
from jangteo.domains.regulars.actions.withdraw_deletion import withdraw_deletion
from jangteo.domains.regulars.parts import kept_here, still_waits
from jangteo.domains.regulars.queries_privacy import deletion_by_token, open_deletion, person_of
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.entering import customer_page, fresh_page
from jangteo.faces.shop.my_data import counts, gone, stays, topics
from jangteo.faces.shop.pages import market_page, shown


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_page
def my_deletion(request: HttpRequest, market: Market, user: User) -> HttpResponse:
    """What goes, what the law keeps and until when; the press asks for it."""
    if request.method == "POST" and request.POST.get("sure") == "yes":
        told = counts(kept_here(person_of(user)))
        deletion = ask_deletion(market=market, actor=actor_of(request), user_id=user.pk, told=told)
        return HttpResponseRedirect(reverse("my_proof", args=[market.slug, deletion.token]))
    facts = {"topics": topics(market, user), "waits": still_waits(person_of(user)), "asked": open_deletion(user.pk)}
    unsure = request.method == "POST"
    return shown(request, market, "my_deletion.html", {**facts, "unsure": unsure}, status=422 if unsure else 200)


@require_POST
@customer_page
def my_deletion_stop(request: HttpRequest, market: Market, user: User) -> HttpResponse:
    """Stay after all. No fresh code: whoever could have it deleted may also leave it be."""
    withdraw_deletion(market=market, actor=actor_of(request), user_id=user.pk)
    return HttpResponseRedirect(f"{reverse('my_data', args=[market.slug])}?done=yes")


@never_cache
@require_safe
@market_page
def my_proof(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """For whoever has the link, also when the account is gone: it names nobody."""
    deletion = deletion_by_token(token.replace("\x00", ""))
    if deletion is None:
        raise Http404(token)
    facts = {"deletion": deletion, "stays": stays(deletion.outcome), "gone": gone(deletion)}
    return shown(request, market, "my_proof.html", facts)
