"""What is said about a file that is no routing problem."""

from __future__ import annotations

from jangteo.domains.delivery.routing.formats import BadFile

WORDS = {
    "unreadable": "파일을 열 수 없어요: {what}. 이름과 권한을 확인해 주세요.",
    "empty": "빈 파일이에요. 문제가 들어 있는 파일을 골라 주세요.",
    "unknown_format": "아는 형식이 아니에요. Li & Lim이나 CVRPLIB 글 파일을 골라 주세요.",
    "truncated": "파일이 중간에 끊겼어요. 다시 받아 주세요.",
    "too_large": "문제가 너무 커요. 3,000곳까지 풀 수 있어요.",
    "columns": "숫자가 {what}개 있어야 해요.",
    "numbering": "{what}번 차례인데 다른 번호가 있어요.",
    "number": "맞지 않는 숫자가 있어요.",
    "window": "시간이 맞지 않아요. 여는 시각이 닫는 시각보다 늦거나 0보다 작아요.",
    "pairs": "{what}번의 싣는 곳과 내리는 곳이 서로 맞지 않아요.",
    "missing": "{what} 부분이 없어요.",
    "unsupported": "{what} 값이 달라서 풀 수 없어요. CVRP와 EUC_2D만 읽어요.",
    "unknown_section": "모르는 부분이 있어요: {what}",
    "count": "{what}의 줄 수가 DIMENSION과 달라요.",
    "depot": "출발하는 곳은 1번 하나이고 짐이 0이어야 해요.",
    "too_heavy": "차 한 대에 다 못 싣는 짐이 있어요. CAPACITY를 확인해 주세요.",
    "impossible": "시간과 차 수를 지키면 {what}곳을 갈 수 없어요. 찾는 시간(--seconds)을 늘려 보세요.",
}


def words_of(bad: BadFile) -> str:
    """One Korean sentence, with the line where there is one."""
    said = WORDS[bad.code].format(what=bad.what)
    return f"{bad.line}번째 줄: {said}" if bad.line else said
