"""What stands on the screens of people who are no clerks: daily words, in one language."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.test import Client

from scripts import messages
from tests.world import World

# The association's own screens and papers may speak as offices do.
OF_THE_OFFICE = re.compile(r"/faces/(office|api)/|/words/(audit|money_names|money_sentences|settlement_words)\.py$")
# What is said instead stands behind each; some have no other word because nothing of the kind is ever asked for.
OFFICE_WORDS = {
    "등록": "올리기",
    "로그인": "들어가기",
    "로그아웃": "나가기",
    "조회": "보기",
    "이체": "보내기",
    "업로드": "올리기",
    "다운로드": "받기",
    "팝업": "창",
    "정산": "받을 돈",
    "매출": "판 돈",
    "배송": "배달",
    "배송지": "받을 주소",
    "재고": "남은 개수",
    "수량": "몇 개",
    "단가": "값",
    "품목": "물건",
    "수령": "받기",
    "발송": "보내기",
    "전송": "보내기",
    "제출": "내기",
    "입력": "적기",
    "검색": "찾기",
    "삭제": "빼기",
    "수정": "고치기",
    "변경": "바꾸기",
    "저장": "적어 두기",
    "완료": "다 됐어요",
    "실패": "안 됐어요",
    "불가": "안 돼요",
    "승인": "받아 주기",
    "처리": "하기",
    "설정": "바꾸기",
    "계정": "내 번호",
    "접속": "들어가기",
    "인증": "번호 맞추기",
    "클릭": "누르기",
    "옵션": "고르기",
    "유효": "쓸 수 있는",
    "만료": "끝났어요",
    "담당": "맡은",
    "문의": "물어보기",
    "네트워크": "인터넷",
    "서버": "",
    "시스템": "",
    "데이터": "",
    "오류": "",
    "오프라인": "인터넷 없이",
    "온라인": "인터넷으로",
}
# Where the word is not ours to choose.
ON_PURPOSE = {
    "계좌이체": "the bank's own name for it",
    "승인 번호": "printed so on every receipt, and asked for by that name",
    "승인번호": "the same",
    "카카오가 승인": "Kakao's own word for a text that may be sent",
    "사업자등록번호": "the law's own name for it",
    "사업자등록증": "the same",
    "전화기 설정": "what the phone itself calls it",
    "정산 닫기": "the association's own word, where it practises",
    "‘돈’의 ‘정산’에서 어제까지를 닫아 보세요.": "the same",
}
# Signs that stand on the thing itself.
LATIN = {"QR", "PDF", "HEIC", "SC", "iM", "mm", "MB"}
_MARKUP = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|</?\w+[^<>]*>")


@cache
def sources() -> dict[str, str]:
    """What people who are no clerks may come to read, by path, blanks made one."""
    paths = {path.as_posix(): path for path in messages.sources()}
    ours = {name: path for name, path in paths.items() if "/faces/" in name and not OF_THE_OFFICE.search(name)}
    return {name: ours_to_choose(" ".join(path.read_text(encoding="utf-8").split())) for name, path in ours.items()}


def ours_to_choose(said: str) -> str:
    """The text without what is named so on purpose."""
    for phrase in ON_PURPOSE:
        said = said.replace(phrase, "")
    return said


@cache
def forms() -> list[str]:
    """Every text of the product, the plurals too."""
    return [form for message in messages.catalog() if message.id for form in messages.forms(message.id)]


def stands(form: str) -> bool:
    """Whether the text stands in one of the sources, as it does in templates: without its placeholders' names."""
    longest = max((part.strip() for part in _MARKUP.split(form)), key=len)
    return any(longest in source for source in sources().values())


def office_words(said: str) -> list[str]:
    return [word for word in OFFICE_WORDS if word in ours_to_choose(said)]


def strange_words(said: str) -> set[str]:
    return set(re.findall("[A-Za-z]{2,}", _MARKUP.sub(" ", said))) - LATIN


@pytest.mark.rule(29)
def test_no_office_word_stands_where_large_letters_are() -> None:
    assert len(forms()) > 2000
    assert sum(stands(form) for form in forms()[:200]) > 50
    assert {form: words for form in forms() if (words := office_words(form)) and stands(form)} == {}


@pytest.mark.rule(29)
def test_no_english_stands_alone_among_the_korean() -> None:
    assert {form: words for form in forms() if (words := strange_words(form)) and stands(form)} == {}


@pytest.mark.rule(29)
@pytest.mark.parametrize("path", ["/jangteo/", "/stall/", "/office/", "/h/", "/k/", "/b/"])
def test_every_face_says_its_language(world: World, client: Client, path: str) -> None:
    assert '<html lang="ko"' in client.get(path).content.decode()
    client.post("/look/", {"language": "en"})
    assert '<html lang="en"' in client.get(path).content.decode()


def test_what_is_looked_for_is_found() -> None:
    assert office_words("새 물건을 등록하세요") == ["등록"]
    assert office_words("물건 올리기") == []
    assert strange_words("<b>QR</b> %(number)s OK") == {"OK"}
    assert [phrase for phrase in ON_PURPOSE if not any(phrase in form for form in forms())] == []
