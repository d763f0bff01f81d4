"""The sentence for each refusal: what happened and what to do next. Domains know codes, only faces know words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jangteo.faces._parts.words.sentences import SENTENCES
from jangteo.kernel.errors import Refused

_WON_FACTS = frozenset({"least_won", "most_won", "amount_won", "ceiling_won", "left_won", "asked_won", "came_won"})


def sentence(refused: Refused) -> str:
    """What to tell a person. Codes without a sentence of their own get one that always helps."""
    words = SENTENCES.get(refused.code)
    if words is None:
        return _("지금은 할 수 없어요. 화면을 새로 열어 보고, 그래도 안 되면 전화해 주세요.")
    shown = {name: f"{value:,}" if name in _WON_FACTS else value for name, value in refused.facts.items()}
    return str(words) % shown
