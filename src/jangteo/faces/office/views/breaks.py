"""What does not agree with the outside, and files from there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.settlement.actions.import_report import import_report
from jangteo.domains.settlement.actions.reopen_break import reopen_break
from jangteo.domains.settlement.actions.solve_break import solve_break
from jangteo.domains.settlement.actions.take_break import take_break
from jangteo.domains.settlement.gateway_days import waiting_reports
from jangteo.domains.settlement.models import Break
from jangteo.domains.settlement.queries import imported_files, last_closed_day, open_breaks, solved_breaks
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.done import went_well
from jangteo.faces.office.money_forms import given_file
from jangteo.faces.office.money_words import ABOUT, yesterday
from jangteo.faces.office.pages import show


@require_safe
@for_office
def breaks(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Those that nobody has first; below what was solved and which files were given."""
    lists = {"breaks": list(open_breaks()), "solved": solved_breaks(), "files": imported_files(), "about": ABOUT}
    days = {"closed": last_closed_day(), "yesterday": yesterday(), "reports": waiting_reports()}
    return show(request, at, "breaks", {"me": at.actor.ref, **lists, **days})


@require_POST
@for_office
def change(request: HttpRequest, at: AtOffice, break_id: int) -> HttpResponse:
    """Take it, hand it back, solve it, or open it again."""
    match request.POST.get("do"):
        case "take" | "leave" as do:
            take_break(market=at.market, actor=at.actor, break_id=break_id, keep=do == "take")
        case "solve" as do:
            note = request.POST.get("note", "")
            solve_break(market=at.market, actor=at.actor, break_id=break_id, note=note)
        case "reopen" as do:
            reopen_break(market=at.market, actor=at.actor, break_id=break_id)
        case _:
            raise Break.DoesNotExist
    return went_well(f"break_{do}", "office:breaks")


@require_POST
@for_office
def upload(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Take a report in. The same file twice adds nothing."""
    done = import_report(market=at.market, actor=at.actor, source=given_file(request))
    return went_well("file_new" if done.is_new else "file_known", "office:breaks")
