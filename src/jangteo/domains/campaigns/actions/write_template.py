"""An Alimtalk text is written down, with the code that Kakao knows it by and how Kakao found it."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.campaigns.errors import TemplateIncomplete
from jangteo.domains.campaigns.kinds import Basis, TemplateState
from jangteo.domains.campaigns.models import Template
from jangteo.domains.campaigns.wording import AD
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

VARIABLES = ("#{보낸이}", "#{내용}", "#{근거}")


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """`body` is as Kakao has it, with the variables of `VARIABLES`. `note` is what Kakao said when it refused."""

    code: str
    name: str
    body: str
    basis: Basis
    state: TemplateState
    note: str = ""


@action
def write_template(*, market: Market, actor: Actor, new: NewTemplate) -> Template:
    """Add it, or change the one of this code. Raises TemplateIncomplete where the line why people get it is missing."""
    told_why = new.basis is Basis.NONE or VARIABLES[2] in new.body
    if not new.code or AD in new.body or VARIABLES[1] not in new.body or not told_why:
        raise TemplateIncomplete
    told = {"name": new.name, "body": new.body, "basis": new.basis, "state": new.state, "note": new.note}
    template, _ = Template.objects.update_or_create(
        market=market, code=new.code, defaults={**told, "changed_at": clock.now()}
    )
    audit.record(actor, "messages.template", f"template:{template.pk}", state=new.state)
    return template
