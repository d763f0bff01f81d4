"""The base of every refusal that a person or a program can do something about."""

from __future__ import annotations


class Refused(Exception):
    """A rule said no and nothing was changed.

    `code` is stable and dotted ("ordering.stall_closed"): programs act on it and faces find their sentence by it.
    `facts` are the named values that the sentence needs.
    """

    code = "refused"

    def __init__(self, **facts: str | int) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code
