"""Screens of putting goods up by voice or text."""

from __future__ import annotations

from tests.journeys.screens import Screen, Then, Who, write

ADDRESS, FIELD = "/stall/goods/say/", "글로 적어도 돼요"


def said(sentence: str, says: str) -> Screen:
    return at(says, write(FIELD, sentence, "하기"))


def at(says: str, then: Then | None = None) -> Screen:
    return Screen(Who.STALL, lambda scenes: ADDRESS, says, then)


SAY_SCREENS: dict[str, Screen] = {
    "saying": at("이렇게 말해 보세요"),
    "saying, two prices": said("고등어만 구천 원", "얼마가 맞나요?"),
    "saying, no price": said("고등어 한 손", "고등어 한 손, 얼마인가요?"),
    "saying, new with origin": said("제주 은갈치 세 마리 이만 오천 원", "어디에서 왔나요?"),
    "saying, how much of it": said("국산 한치 만 원", "얼마큼에 만 원인가요?"),
    "saying, a leap": said("고등어 팔만 원", "많이 바뀌어요"),
    "saying, not understood": said("안녕하세요", "잘 못 알아들었어요"),
    "said, as it was": said("아귀 품절", "이미 품절이에요"),
}
