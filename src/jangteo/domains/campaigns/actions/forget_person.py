"""Messages to a person who wants to be forgotten."""

from __future__ import annotations

from jangteo.domains.campaigns.models import Consent, CustomerPush, Dispatch, Notice
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Forget their browsers and what they were still to be told.

    What they said and what went out stays as it was written, which is the proof that it was lawful: it hangs on an
    account that has no person any more.
    """
    CustomerPush.objects.filter(user_id=person.user_id).delete()
    Notice.objects.filter(user_id=person.user_id).delete()
    consents = Consent.objects.filter(user_id=person.user_id).count()
    sent = Dispatch.objects.filter(user_id=person.user_id).count()
    return [Forgotten("consents", consents), Forgotten("messages", sent)]
