"""What a street may be called."""

from __future__ import annotations

from jangteo.domains.markets.errors import BadStreet, StreetNameTaken
from jangteo.domains.markets.models import Street

MOST_NAME = 30
MOST_ENGLISH = 40


def check_names(name: str, name_en: str) -> tuple[str, str]:
    """Both without blanks around them. Raises BadStreet, which names the field."""
    if not 1 <= len(name.strip()) <= MOST_NAME:
        raise BadStreet(field="name")
    if len(name_en.strip()) > MOST_ENGLISH:
        raise BadStreet(field="name_en")
    return name.strip(), name_en.strip()


def refuse_namesake(name: str, street_id: int) -> None:
    """Raises StreetNameTaken when another street of the market in scope has the name."""
    if Street.objects.filter(name=name).exclude(pk=street_id).exists():
        raise StreetNameTaken(name=name)
