"""A practice KakaoPay for demonstrations and tests; `python -m jangteo.adapters.kakaopay.simulator` runs it."""

from jangteo.adapters.kakaopay.simulator.app import KakaoPaySimulator, PracticeAccount

__all__ = ["KakaoPaySimulator", "PracticeAccount"]
