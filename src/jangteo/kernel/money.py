"""Whole won and how to divide them so that the parts always add up."""

from __future__ import annotations

from collections.abc import Sequence


def split_won(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` won in proportion to `weights` by the largest remainder.

    The parts have the sign of the total and sum to it exactly; equal remainders go to the earlier part.
    All weights zero divides evenly. Raises ValueError for no weights or a negative one.
    """
    if not weights:
        raise ValueError("nothing to split over")
    if min(weights) < 0:
        raise ValueError("a weight is negative")
    if sum(weights) == 0:
        weights = [1] * len(weights)
    sign = -1 if total < 0 else 1
    amount, whole = abs(total), sum(weights)
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]
