"""PortOne names banks; everybody else counts them with the three digits of the clearing institute.

Source: the schema `Bank` of the REST API, with the institute's published codes. Only those a person has an account at.
"""

from __future__ import annotations

from jangteo.domains.payments.ports import CannotAsk

_NAMES = {
    "002": "KDB",
    "003": "IBK",
    "004": "KOOKMIN",
    "007": "SUHYUP",
    "011": "NONGHYUP",
    "012": "LOCAL_NONGHYUP",
    "020": "WOORI",
    "023": "STANDARD_CHARTERED",
    "027": "CITI",
    "031": "DAEGU",
    "032": "BUSAN",
    "034": "KWANGJU",
    "035": "JEJU",
    "037": "JEONBUK",
    "039": "KYONGNAM",
    "045": "KFCC",
    "048": "SHINHYUP",
    "050": "SAVINGS_BANK",
    "064": "NFCF",
    "071": "POST",
    "081": "HANA",
    "088": "SHINHAN",
    "089": "K_BANK",
    "090": "KAKAO",
    "092": "TOSS",
}
_CODES = {name: code for code, name in _NAMES.items()}


def bank_name(code: str) -> str:
    """PortOne's name of a bank. Raises CannotAsk for a code without one."""
    if code not in _NAMES:
        raise CannotAsk("UNKNOWN_BANK", "PortOne has no name for this bank")
    return _NAMES[code]


def bank_code(name: str) -> str:
    """The clearing institute's code for a name; a name without one stays as it is."""
    return _CODES.get(name, name)
