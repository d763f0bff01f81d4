"""The Korean sentences of `jangteo markets`: reasons in reports, and refusals."""

from __future__ import annotations

from jangteo.domains.markets.national.columns import KNOWN_HEADERS
from jangteo.domains.markets.national.match import Doubt
from jangteo.domains.markets.national.report import Finding, ReasonCode
from jangteo.kernel.errors import Refused

REASONS: dict[ReasonCode, str] = {
    "column_unknown": "모르는 열이라 읽지 않았어요.",
    "column_repeated": "같은 뜻의 열이 또 있어서 하나만 읽었어요.",
    "column_blank": "모든 행에서 비어 있는 열이에요.",
    "name_blank": "시장 이름이 없어요.",
    "place_unknown": "주소도 좌표도 없어서 어느 시장인지 알 수 없어요.",
    "line_too_long": "한 줄이 너무 길어요.",
    "cell_count": "칸 수가 머리글과 달라요.",
    "quotes": "따옴표가 맞지 않아요.",
    "damaged_characters": "글자가 깨져 있어요.",
    "too_long": "너무 긴 글이에요.",
    "spaces_tidied": "빈칸이나 보이지 않는 글자를 정리했어요.",
    "address_unreadable": "주소로 읽을 수 없어요.",
    "region_unknown": "시·도를 알 수 없는 주소예요. 적힌 그대로 두었어요.",
    "coordinates_blank": "좌표가 없어요.",
    "coordinates_half": "위도와 경도 가운데 하나만 있어요.",
    "coordinates_unreadable": "좌표로 읽을 수 없어요.",
    "coordinates_swapped": "위도와 경도가 뒤바뀐 것 같아요.",
    "coordinates_outside_korea": "우리나라 밖의 좌표예요.",
    "count_blank": "점포 수가 없어요.",
    "count_unreadable": "점포 수로 읽을 수 없어요.",
    "year_blank": "개설연도가 없어요.",
    "year_unreadable": "연도로 읽을 수 없어요.",
    "date_unreadable": "날짜로 읽을 수 없어요.",
    "date_in_future": "아직 오지 않은 날짜예요.",
    "yes_no_unreadable": "있다는 뜻인지 없다는 뜻인지 알 수 없어요.",
    "homepage_unreadable": "눌러서 열 수 있는 주소가 아니에요. http:// 부터 맞게 적혀야 해요.",
    "phone_unreadable": "전화번호로 읽을 수 없어요.",
    "voucher_unknown": "모르는 상품권이 있어요. 적힌 글만 두었어요.",
    "type_unknown": "모르는 시장 유형이에요. 적힌 글만 두었어요.",
    "cycle_blank": "개설주기가 없어요.",
    "cycle_unreadable": "모르는 개설주기예요.",
    "cycle_damaged": "개설주기가 망가진 것 같아요. ‘매일’ 자리에 날짜가 있었는지 확인해 주세요.",
    "cycle_not_pairs": "닷새 간격으로 짝이 맞지 않는 개설주기예요.",
    "cycle_contradicts_type": "시장 유형과 개설주기가 서로 달라요.",
    "cycle_digits_missing": "5일장이라는데 장날이 며칠인지 없어요.",
    "code_repeated": "같은 시장코드가 %(times)s번 나와서 쓰지 않았어요.",
    "row_repeated": "%(first)s행과 같은 시장이에요. %(first)s행만 받았어요.",
    "market_says_otherwise": "문을 연 시장이 직접 적은 것이라 바꾸지 않았어요 (%(fields)s).",
    "release_older": "%(stored)s 자료가 이미 있어서 바꾸지 않았어요 (%(fields)s).",
    "match_doubtful": "%(why)s 같은 시장인지 확인해 주세요: %(candidates)s. 같으면 --same %(row)s=%(first_code)s,"
    " 새 시장이면 --new %(row)s 를 붙여 다시 해 주세요.",
}
DOUBTS: dict[Doubt, str] = {
    "same_code": "시장코드는 같은데 이름이나 자리가 달라요.",
    "same_name": "같은 고을에 이름이 같은 시장이 있는데 자리가 달라요.",
    "similar_name": "같은 고을에 이름이 비슷한 시장이 있어요.",
    "same_address": "주소가 같은 다른 이름의 시장이 있어요.",
    "close_by": "바로 옆에 다른 이름의 시장이 있어요.",
    "several": "이 행에 맞는 시장이 여럿이거나, 한 시장에 맞는 행이 여럿이에요.",
}
FIELD_NAMES = {
    "coordinates": "좌표",
    "cycle": "개설주기",
    "vouchers": "상품권",
    "match": "같은 시장",
    "row": "행",
    "column": "열",
}
REFUSALS = {
    "markets.file_empty": "파일에 읽을 행이 없어요. 전국전통시장표준데이터 CSV 파일인지 확인해 주세요.",
    "markets.file_too_large": "파일이 너무 커요 (%(megabytes)s MB). %(most)s MB까지 읽을 수 있어요.",
    "markets.file_not_text": "글로 된 CSV 파일이 아니에요. 엑셀 파일이면 ‘CSV로 저장’을 한 뒤에 다시 해 주세요.",
    "markets.file_encoding_unknown": "글자를 읽을 수 없어요. UTF-8이나 CP949로 저장한 CSV 파일을 주세요.",
    "markets.file_other_kind": "‘%(kind)s’ 파일이에요. 주소가 없어서 어느 시장인지 가릴 수 없어요."
    " ‘전국전통시장표준데이터’ CSV 파일을 주세요.",
    "markets.columns_missing": "꼭 있어야 하는 열이 없어요: %(missing)s. 파일에서 찾은 열: %(found)s."
    " ‘전국전통시장표준데이터’ CSV 파일인지 확인해 주세요.",
    "markets.decision_unusable": "%(row)s행은 그렇게 정할 수 없어요. 행 번호와 시장 번호를 보고서에서 다시 봐 주세요.",
    "markets.market_unknown": "시장 번호가 ‘%(code)s’인 시장을 찾지 못했어요.",
    "markets.already_open": "이미 열려 있는 시장이에요: %(name)s, 주소 /%(slug)s/. 바뀐 것은 없어요.",
    "markets.closed": "문을 닫은 시장이라 열 수 없어요: %(name)s.",
    "markets.slug_invalid": "주소로 쓸 수 없어요: %(slug)s. 영어 소문자, 숫자, 줄표로 %(most)s자까지 적어 주세요.",
    "markets.slug_reserved": "프로그램이 쓰는 주소예요: %(slug)s. --slug 로 다른 말을 골라 주세요.",
    "markets.slug_taken": "이미 쓰는 주소예요: %(slug)s (%(name)s). --slug 로 다른 말을 골라 주세요.",
    "markets.colour_invalid": "색으로 읽을 수 없어요: %(colour)s. #0B6B45처럼 적어 주세요.",
    "markets.stripe_too_faint": "두 색이 너무 비슷해서 줄무늬가 안 보여요 (%(contrast)s:1)."
    " 서로 %(least)s:1 넘게 차이 나는 색을 골라 주세요.",
}


def reason(finding: Finding) -> str:
    """Why a row was flagged or rejected."""
    why = next((words for doubt, words in DOUBTS.items() if doubt == finding.facts.get("why")), "")
    return REASONS[finding.code] % {**finding.facts, "why": why, "row": finding.row}


def refusal(refused: Refused) -> str:
    """What went wrong as a whole, and what to do."""
    return REFUSALS[refused.code] % refused.facts


def field_name(field: str) -> str:
    """A field as a person knows it."""
    return FIELD_NAMES.get(field) or KNOWN_HEADERS[field][0]
