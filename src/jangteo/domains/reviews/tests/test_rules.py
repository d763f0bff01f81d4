from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.reviews.rules import Tally, digest_of, drawn, rating_hundredths
from jangteo.domains.reviews.suspicion import MOST_SAME, Suspicion, plain, suspicions

counts = st.integers(0, 5_000)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    count = draw(counts)
    return Tally(count, draw(st.integers(count, 5 * count)))


@given(tallies(), tallies())
def test_a_rating_lies_between_its_own_mean_and_that_of_the_market(own: Tally, market: Tally) -> None:
    shown = rating_hundredths(own, market)
    of_market = rating_hundredths(Tally(), market)

    assert 100 <= shown <= 500
    if own.count:
        mean = 100 * own.stars / own.count
        assert min(mean, of_market) - 1 <= shown <= max(mean, of_market) + 1


@given(tallies(), tallies())
def test_more_stars_never_lower_a_rating(own: Tally, market: Tally) -> None:
    better = Tally(own.count + 1, own.stars + 5)
    worse = Tally(own.count + 1, own.stars + 1)

    assert rating_hundredths(worse, market) <= rating_hundredths(own, market) <= rating_hundredths(better, market)


def test_ratings_that_were_worked_out_by_hand() -> None:
    # (20 * 4.00) / 20; (5 * 4 + 5) / 6; market (80 + 400) / 120 = 4.0, then (5 * 4 + 9) / 7
    assert rating_hundredths(Tally(), Tally()) == 400
    assert rating_hundredths(Tally(1, 5), Tally()) == 417
    assert rating_hundredths(Tally(2, 9), Tally(100, 400)) == 414
    assert rating_hundredths(Tally(1_000, 5_000), Tally(1_000, 5_000)) == 500


@given(st.text(min_size=1, max_size=20), st.sets(st.integers(1, 10**6), max_size=60), st.integers(0, 70))
def test_anybody_can_draw_again(seed: str, entries: set[int], winners: int) -> None:
    won = drawn(seed, entries, winners)

    assert won == sorted(set(won))
    assert set(won) <= entries
    assert len(won) == min(winners, len(entries))
    # Neither the order nor a number that comes twice changes anything.
    assert drawn(seed, [*reversed(won), *entries, *entries], winners) == won
    lots = {entry: hashlib.sha256(f"{seed}:{entry}".encode()).hexdigest() for entry in entries}
    assert all(lots[one] <= lots[other] for one in won for other in entries - set(won))


def test_every_entry_wins_about_as_often() -> None:
    wins = dict.fromkeys(range(1, 11), 0)
    for seed in range(400):
        for one in drawn(str(seed), wins, 3):
            wins[one] += 1

    assert sum(wins.values()) == 1_200
    assert all(85 <= times <= 155 for times in wins.values())


def test_the_digest_binds_the_seed() -> None:
    assert digest_of("씨앗") == hashlib.sha256("씨앗".encode()).hexdigest()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("씨발 다시는 안 가요", Suspicion.INSULT),
        ("씨1발", Suspicion.INSULT),
        ("병.신 같은", Suspicion.INSULT),
        ("진짜 ㅅㅂ", Suspicion.INSULT),
        ("주인이 사기꾼이에요", Suspicion.INSULT),
        ("010-1234-5678로 전화 주세요", Suspicion.PHONE),
        ("０１０ １２３４ ５６７８", Suspicion.PHONE),
        ("문의 +82 10 1234 5678", Suspicion.PHONE),
        ("call +1 (212) 555 0199", Suspicion.PHONE),
        ("1588-1234 로", Suspicion.PHONE),
        ("공일공 일이삼사 오육칠팔", Suspicion.PHONE),
        ("https://evil.example", Suspicion.LINK),
        ("my-shop.com 오세요", Suspicion.LINK),
        ("오픈채팅 들어오세요", Suspicion.LINK),
        ("😀" * 40, Suspicion.FLOOD),
        ("😀😂" * 40, Suspicion.FLOOD),
        ("아" * MOST_SAME, Suspicion.FLOOD),
        ("h" + "\u0301" * 9, Suspicion.FLOOD),
        ("\n".join("가나다라마바사"[n % 7] for n in range(70)), Suspicion.FLOOD),
    ],
)
def test_what_waits_for_the_association(words: str, found: Suspicion) -> None:
    assert found in suspicions(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "고등어가 싱싱하고 사장님이 친절해요. 3손에 24,000원이면 싸요!",
        "다시 발라 먹을 만큼 살이 많아요",
        "역시발효가 잘 됐네요. 여기가 시발점이에요",
        "ㅋㅋㅋㅋㅋㅋ 맛있어요 ㅠㅠ 👍👍👍",
        "2026-11-23에 10000 20000 30000원어치 샀어요",
        "별로예요. 너무 짜고 비싸요. 다시는 안 살래요.",
        "Very fresh fish. 4.5 stars!",
        "👨‍👩‍👧‍👦 가족이 다 좋아해요",
    ],
)
def test_plain_praise_and_plain_blame_are_shown_at_once(words: str) -> None:
    assert suspicions(words) == ()


@given(st.text(max_size=300))
def test_kept_text_has_nothing_invisible_and_stays_as_it_is(text: str) -> None:
    kept = plain(text)

    assert plain(kept) == kept
    assert not set(kept) & {"\x00", "\u202e", "\u200b", "\r"}
    suspicions(kept)


def test_lines_of_a_writer_are_kept() -> None:
    assert plain(" 첫 줄\r\n\r\n\r\n\r\n둘째 줄\u200b \x00") == "첫 줄\n\n둘째 줄"
