"""Names as others may see them."""

from __future__ import annotations


def masked_name(name: str) -> str:
    """홍*동 for 홍길동, 김* for 김하, 남**수 for 남궁민수; words of other scripts keep their first letter: J***."""
    plain = "".join(name.split())
    if not plain:
        return ""
    hidden = "*" * min(3, max(1, len(plain) - 2))
    if len(plain) < 3 or not "가" <= plain[0] <= "힣":
        return plain[0] + hidden
    return plain[0] + hidden + plain[-1]
