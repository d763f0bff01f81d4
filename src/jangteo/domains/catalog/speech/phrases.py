"""What stands around the goods in a sentence: doors opened and closed, verbs at the end, fillers, second thoughts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from jangteo.domains.catalog.speech.vocabulary import FILLERS, SLIPS, goods_word

MOST_LETTERS = 120


class Verb(StrEnum):
    NONE = ""
    SELL = "sell"
    RAISE = "raise"
    LOWER = "lower"
    CHANGE = "change"
    SOLD_OUT = "sold_out"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The sentence without its verb; `is_price` when it speaks of 값 or 가격."""

    text: str
    verb: Verb
    is_price: bool


_MANNERS = (
    "요|줘요?|줘라|주라|주세요|주이소|주십시오|줄래요?|놔요?|놓자|둬요?|봐요?|두자|게요?|라|자|어요?|았어요?"
    "|었어요?|네요?|다|습니다|고"
)
_DO = (
    "해요?|해줘요?|해 ?주세요|해라|해둬요?|해놔요?|했어요?|했다|했습니다|합니다|할게요?|하자|하기|하세요"
    "|됐어요?|되었어요?|됐다|이에요|예요|이야|임|처리|부탁"
)
_TAIL = rf"(?: ?(?:{_MANNERS}|{_DO}))*$"
_START = r"(?:(?<=\s)|(?<=원)|(?<=에)|(?<=로)|^)"
_STEMS = {
    Verb.RAISE: "올려|올리|올릴|인상|높여|높이",
    Verb.LOWER: "내려|내리|내릴|깎아|깎|인하|낮춰|낮추|할인|빼",
    Verb.CHANGE: "바꿔|바꾸|바꿀|고쳐|고치|변경|조정|수정|맞춰",
    Verb.SELL: (
        "팔아|팔|팝니다|판매|등록|추가|내놔|내놓을|내놓|내놨|받아|받을|나왔|있|적어|써|하나|넣어|해|할|하자|합니다"
        "|합시다|갈|가자|갑니다"
    ),
}
_VERBS = [(verb, re.compile(rf"{_START}(?:{stems}){_TAIL}")) for verb, stems in _STEMS.items()]
_GONE = (
    "품절|매진|솔드 ?아웃|동났|동 ?나|떨어졌|다 ?나갔|나갔|다 ?팔렸|팔렸|다 ?팔았|다 ?팔림|없|안 남았|끝났|끝"
    "|다 ?떨어짐"
)
_SOLD_OUT = re.compile(rf"(?<=[\s가-힣\ue000])(?:다|벌써|인제|이제)? ?(?:{_GONE}){_TAIL}")
_SOLD_OUT_FIRST = re.compile(rf"^(?:품절|매진)(?:{_TAIL[:-1]})\s+(?=\S)")
_BACK = re.compile(
    rf"(?:^|\s)(?:(?:다시|또|도로) ?(?:팔아|팔|팝니다|판매|있|나왔|들어왔|들어와|올려|내놔|내놨|시작|나와)"
    rf"|품절 ?(?:풀어|풀|해제|취소|해지|빼|내려)"
    rf"|들어왔|새로 들어왔|입고|채웠){_TAIL}"
)
_BACK_FIRST = re.compile(r"^다시\s+(?=\S)")
_PLACE = r"(?:이제|인제|오늘은?|오늘도|지금|우리|자|네|가게|점포|장사|영업|문|좀|을|를|도|는|\s)*"
_NAMED = r"(?:가게|점포|장사|영업|문|오늘)"
_OPEN = re.compile(
    rf"{_PLACE}(?:열어|열었|열게|열자|열래|엽니다|연다|열|개점|오픈|개시){_TAIL}|(?=.*{_NAMED}){_PLACE}(?:시작"
    rf"|중){_TAIL}"
)
_CLOSE = re.compile(
    rf"{_PLACE}(?:닫아|닫았|닫을|닫게|닫자|닫|마감|영업 ?종료|퇴근|셔터 ?내려|셔터 ?내릴){_TAIL}"
    rf"|(?=.*{_NAMED}){_PLACE}(?:끝|끝났|끝낼|종료|그만|마칠|마쳤|마칩니다|접을|접자|접어){_TAIL}"
)
_REFUSAL = re.compile(
    r"(?:^|\s)(?:안|못) ?(?:팔|올|내|바|받|해|열|닫|할|남았)|지 ?마|말아|말고|취소|얼마(?!나)|않|남았|남은|할까"
    r"|일까|인가|이냐|[가-힣]지\?|\?"
)
_PRICE_WORD = re.compile(r"(?:(?<=\s)|^)(?:값|가격|금액)(?:을|은|이|를|도)?(?=\s|$)")
_SECOND_THOUGHT = re.compile(r"\s(?:아니(?:야|다|라|고|지|에요)?|아차)(?:\s아니(?:야|다|라|고|지)?)*(?=\s)")


def cleaned(said: str) -> str:
    """Composed, lower case, one space between words; commas out of numbers, slips of the ear mended."""
    text = unicodedata.normalize("NFC", said)[:MOST_LETTERS].lower()
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text).replace("₩", " ")
    text = re.sub(r"\.(?!\d)|(?<!\d)\.|[^\w\s.?]", " ", text)
    for heard, meant in SLIPS.items():
        text = text.replace(heard, meant)
    return " ".join(text.split())


def without_fillers(text: str) -> str:
    return " ".join(word for word in text.split() if word not in FILLERS)


def opens(text: str) -> bool:
    return _OPEN.fullmatch(text) is not None


def closes(text: str) -> bool:
    return _CLOSE.fullmatch(text) is not None


def is_refusal(text: str) -> bool:
    """A no or a question, which nobody should act upon: 안 팔아, 올리지 마, 얼마야?"""
    return _REFUSAL.search(text.replace("품절 취소", "품절 풀어").replace("안 남았", "없")) is not None


def is_verb(word: str) -> bool:
    """A verb left among the words of a name: the sentence was not understood."""
    return not goods_word(word) and any(pattern.search(word) for _verb, pattern in _VERBS)


def second_thought(text: str) -> tuple[str, str]:
    """What was said before 아니 and after it; "" before when nobody changed their mind."""
    found = list(_SECOND_THOUGHT.finditer(text))
    return (text[: found[0].start()], text[found[-1].end() :].strip()) if found else ("", text)


def phrase(text: str) -> Phrase:
    """Take the verb off the end."""
    bare = _PRICE_WORD.sub(" ", text)
    is_price = bare != text
    bare = " ".join(bare.split())
    for verb, pattern in ((Verb.BACK, _BACK), (Verb.SOLD_OUT, _SOLD_OUT), *_VERBS):
        if found := pattern.search(bare):
            return Phrase(_first_back(bare[: found.start()], verb), _really(verb, bare), is_price)
    if found := _SOLD_OUT_FIRST.search(bare):
        return Phrase(bare[found.end() :], Verb.SOLD_OUT, is_price)
    return Phrase(re.sub(r"(?: (?:부탁\S*|요|네요))+$", "", bare), Verb.NONE, is_price)


def _first_back(text: str, verb: Verb) -> str:
    return _BACK_FIRST.sub("", text).strip() if verb in (Verb.SELL, Verb.BACK) else text.strip()


def _really(verb: Verb, text: str) -> Verb:
    """다시 두부 팔아 is back again."""
    return Verb.BACK if verb == Verb.SELL and _BACK_FIRST.search(text) else verb
