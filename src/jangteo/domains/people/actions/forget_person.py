"""Programs of a person who wants to be forgotten act for nobody any more."""

from __future__ import annotations

from jangteo.domains.people.models import ApiToken
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Shut the account's programs out of this market. The account itself ends in `close_account`, after all markets."""
    tokens = ApiToken.objects.filter(user_id=person.user_id)
    tokens.filter(revoked_at=None).update(revoked_at=clock.now())
    return [Forgotten("programs", tokens.exclude(label="").update(label=""))]
