"""A practice Naver Pay for demonstrations and tests; `python -m jangteo.adapters.naverpay.simulator` runs it."""

from jangteo.adapters.naverpay.simulator.app import NaverPaySimulator, PracticePartner
from jangteo.adapters.naverpay.simulator.book import Order

__all__ = ["NaverPaySimulator", "Order", "PracticePartner"]
