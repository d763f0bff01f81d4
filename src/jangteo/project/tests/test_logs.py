from __future__ import annotations

from jangteo.kernel.ids import new_token
from jangteo.project.logs import without_secrets


def test_an_address_in_the_log_opens_nothing() -> None:
    token = new_token()

    event = without_secrets(None, "warning", {"event": f"Not Found: /jangteo/order/{token}/"})

    assert event == {"event": f"Not Found: /jangteo/order/{token[:4]}…/"}


def test_ordinary_words_stay() -> None:
    line = "toss confirm: HTTP 200 in 2 ms"

    assert without_secrets(None, "info", {"event": line}) == {"event": line}
