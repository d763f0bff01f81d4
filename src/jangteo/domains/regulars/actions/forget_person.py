"""Hearts, what a person took away, and when they came in."""

from __future__ import annotations

from jangteo.domains.regulars.models import Favourite
from jangteo.domains.regulars.privacy_models import SignIn, TakeOut
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Take hearts and files away now. Sign-ins stay for the three months that the law wants."""
    files = TakeOut.objects.filter(user_id=person.user_id).exclude(state=TakeOut.State.GONE)
    files.update(state=TakeOut.State.GONE, content=None)
    sign_ins = SignIn.objects.filter(user_id=person.user_id).order_by("-at")
    latest = sign_ins.values_list("at", flat=True).first()
    hearts, _ = Favourite.objects.filter(user_id=person.user_id).delete()
    return [Forgotten("favourites", hearts), Forgotten("sign_ins", 0, sign_ins.count(), latest)]
