"""A practice Kakao T for demonstrations and tests; `python -m jangteo.adapters.kakaot.simulator` runs it."""

from jangteo.adapters.kakaot.simulator.app import KakaoTSimulator, PracticeVendor

__all__ = ["KakaoTSimulator", "PracticeVendor"]
