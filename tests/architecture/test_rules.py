"""Every rule of the screens has a test, and the docs say which."""

from __future__ import annotations

from scripts import rules


def test_every_rule_is_shown_by_a_test_or_waits_for_its_screens() -> None:
    marked = rules.marked_tests()

    assert list(rules.RULES) == list(range(1, 31))
    assert marked.keys() <= rules.RULES.keys()
    assert sorted(marked.keys() ^ rules.COMING.keys()) == list(rules.RULES)
    assert rules.PARTLY.keys() <= marked.keys()


def test_the_page_of_rules_is_what_the_marks_say() -> None:
    assert rules.PAGE.read_text(encoding="utf-8") == rules.page(rules.marked_tests())
