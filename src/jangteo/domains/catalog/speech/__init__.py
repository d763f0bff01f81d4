"""What a stall says of its goods, understood by rules of our own: 시금치 두 단 사천오백 원, 두부 품절.

`understand` needs no network and no database. What can mean two things is asked about; a price is never guessed.
"""

from jangteo.domains.catalog.speech.meaning import Doubt, Intent, Known, Meaning
from jangteo.domains.catalog.speech.understand import understand

__all__ = ["Doubt", "Intent", "Known", "Meaning", "understand"]
