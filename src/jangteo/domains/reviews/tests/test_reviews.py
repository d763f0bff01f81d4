from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.photo_sizes import Sizes
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.reviews import errors
from jangteo.domains.reviews.actions.answer_review import answer_review
from jangteo.domains.reviews.actions.delete_review import delete_review
from jangteo.domains.reviews.actions.edit_review import edit_review
from jangteo.domains.reviews.actions.judge_review import judge_review
from jangteo.domains.reviews.actions.report_review import report_review
from jangteo.domains.reviews.actions.write_review import write_review
from jangteo.domains.reviews.models import Rating, Review, ReviewMove
from jangteo.domains.reviews.queries import count_to_judge, ratings_of_stall, reviews_to_judge, shown_reviews
from jangteo.domains.reviews.tests.buying import bought, customer, written
from jangteo.domains.reviews.wanted import Purchase, WantedReview
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World


def tallies(world: World) -> dict[tuple[int | None, int | None], tuple[int, int]]:
    """What the ratings say, which must be what counting the reviews gives; both are compared here."""
    with in_market(world.market.pk):
        kept = {(row.stall_id, row.good_id): (row.count, row.stars) for row in Rating.objects.all() if row.count}
        counted: dict[tuple[int | None, int | None], tuple[int, int]] = {}
        for review in Review.objects.filter(state="shown"):
            for key in {(None, None), (review.stall_id, None), (review.stall_id, review.good_id)}:
                count, stars = counted.get(key, (0, 0))
                counted[key] = count + 1, stars + review.stars
    assert kept == counted
    return kept


def state_of(world: World, review: Review) -> str:
    with in_market(world.market.pk):
        return Review.objects.get(pk=review.pk).state


def test_only_what_was_handed_over_can_be_reviewed(world: World) -> None:
    part = bought(world, handed=False)

    with pytest.raises(errors.NotBought):
        written(world, part=part)
    wanted, other = WantedReview(5), Purchase(part_id=bought(world).pk, good_id=world.kimchi.pk)
    with pytest.raises(errors.NotBought):
        write_review(market=world.market, actor=GUEST, purchase=other, wanted=wanted)
    with pytest.raises(errors.NotBought):
        write_review(market=world.market, actor=GUEST, purchase=Purchase(), wanted=WantedReview(5))


def test_one_review_a_purchase_and_thing(world: World) -> None:
    part = bought(world)
    of_good = Purchase(part_id=part.pk, good_id=world.tofu.pk)
    written(world, 5, part=part)
    write_review(market=world.market, actor=GUEST, purchase=of_good, wanted=WantedReview(1))

    for purchase in (of_good, Purchase(part_id=part.pk)):
        with pytest.raises(errors.Written):
            write_review(market=world.market, actor=GUEST, purchase=purchase, wanted=WantedReview(3))
    stall = world.tofu_stall.pk
    assert tallies(world) == {(None, None): (2, 6), (stall, None): (2, 6), (stall, world.tofu.pk): (1, 1)}


def test_a_sale_is_reviewed_by_the_customer_it_is_known_of(world: World) -> None:
    user, other, now = customer(world, 1), customer(world, 2), clock.now()
    with in_market(world.market.pk):
        sale = CounterSale.objects.create(
            market=world.market, stall=world.fish, token=ids.new_token(), ref=ids.new_token(), amount_won=5_000,
            exempt=True, customer=user, source="till", way="cash", state=SaleState.PAID, created_at=now,
            expires_at=now, paid_at=now, changed_at=now,
        )  # fmt: skip
    for who in (None, other.pk):
        purchase = Purchase(sale_id=sale.pk, user_id=who)
        with pytest.raises(errors.NotBought):
            write_review(market=world.market, actor=GUEST, purchase=purchase, wanted=WantedReview(5))
    own = Purchase(sale_id=sale.pk, user_id=user.pk)

    review = write_review(market=world.market, actor=GUEST, purchase=own, wanted=WantedReview(4, "싱싱해요"))

    assert (review.stall, review.state) == (world.fish, "shown")


def test_nobody_praises_their_own_stall(world: World) -> None:
    part = bought(world)
    with in_market(world.market.pk):
        type(part.order).objects.filter(pk=part.order_id).update(phone="010 0000 1000")

    with pytest.raises(errors.OwnStall):
        written(world, part=part)


def test_a_long_review_is_refused_with_its_length_and_nothing_is_written(world: World) -> None:
    with pytest.raises(errors.WordsTooLong) as no:
        written(world, words="가" * 5_000)

    assert no.value.facts == {"have": 5_000, "most": 1_000}
    assert tallies(world) == {}
    with pytest.raises(errors.BadStars):
        written(world, stars=6)


def test_odd_words_wait_and_count_once_they_are_shown(world: World) -> None:
    review = written(world, 1, "씨발 별로예요")
    assert (review.state, review.suspicions, tallies(world)) == ("waiting", ["insult"], {})

    with in_market(world.market.pk):
        assert [one.review.pk for one in reviews_to_judge()] == [review.pk]
    judge_review(market=world.market, actor=SYSTEM, review_id=review.pk, reason="")

    assert tallies(world)[None, None] == (1, 1)
    with in_market(world.market.pk):
        assert count_to_judge() == 0


def test_hidden_with_a_reason_shown_again_and_every_step_kept(world: World) -> None:
    review = written(world, 2, "짜요")
    with pytest.raises(errors.ReasonMissing):
        judge_review(market=world.market, actor=SYSTEM, review_id=review.pk, reason="stars")
    judge_review(market=world.market, actor=SYSTEM, review_id=review.pk, reason="untrue")
    assert (state_of(world, review), tallies(world)) == ("hidden", {})
    judge_review(market=world.market, actor=SYSTEM, review_id=review.pk, reason="")

    assert tallies(world)[None, None] == (1, 2)
    with in_market(world.market.pk):
        moves = list(ReviewMove.objects.filter(review=review).order_by("pk").values_list("was", "became", "reason"))
    assert moves == [("", "shown", ""), ("shown", "hidden", "untrue"), ("hidden", "shown", "")]
    with pytest.raises(IntegrityError), transaction.atomic(), in_market(world.market.pk):
        ReviewMove.objects.filter(review=review).delete()


def test_the_writer_changes_it_for_a_day(world: World) -> None:
    review = written(world, 5, "좋아요")

    edit_review(market=world.market, actor=GUEST, token=review.token, wanted=WantedReview(3, "다시 보니 보통"))
    assert tallies(world)[None, None] == (1, 3)
    with clock.at(clock.now() + timedelta(hours=24, seconds=1)), pytest.raises(errors.EditOver):
        edit_review(market=world.market, actor=GUEST, token=review.token, wanted=WantedReview(1))
    assert tallies(world)[None, None] == (1, 3)


def test_nobody_writes_what_waits_or_was_hidden_into_being_shown(world: World) -> None:
    waiting, hidden = written(world, 1, "병신"), written(world, 1, "별로")
    judge_review(market=world.market, actor=SYSTEM, review_id=hidden.pk, reason="insult")

    for review in (waiting, hidden):
        edit_review(market=world.market, actor=GUEST, token=review.token, wanted=WantedReview(5, "좋아요"))
        assert state_of(world, review) == "waiting"
    delete_review(market=world.market, actor=GUEST, token=hidden.token)
    assert hidden.part is not None
    assert written(world, 5, "좋아요", part=hidden.part).state == "waiting"
    assert tallies(world) == {}


@pytest.mark.usefixtures("settings_media")
def test_deleting_takes_words_and_photos_and_leaves_room_for_another(world: World) -> None:
    part = bought(world)
    photo = WantedReview(5, "사진 있어요", (Sizes(b"large", b"small", "d"),))
    review = write_review(market=world.market, actor=GUEST, purchase=Purchase(part_id=part.pk), wanted=photo)
    with in_market(world.market.pk):
        name = review.photos.get().name
    assert photo_files.file_of(name, "large").read_bytes() == b"large"
    answer_review(market=world.market, actor=SYSTEM, review_id=review.pk, words="고맙습니다")

    gone = delete_review(market=world.market, actor=GUEST, token=review.token)

    assert (gone.words, gone.answer, gone.state, tallies(world)) == ("", "", "deleted", {})
    with in_market(world.market.pk):
        assert not gone.photos.exists()
    again = written(world, 4, "다시 써요", part=part)
    assert (again.pk, again.state) == (review.pk, "shown")


def test_a_report_waits_for_the_association_and_hides_nothing(world: World) -> None:
    review = written(world, 1, "맛없어요")

    told = [
        report_review(market=world.market, actor=GUEST, review_id=review.pk, reason="untrue", reporter=who)
        for who in ("stall:1", "stall:1", "user:2")
    ]

    assert told == [True, False, True]
    assert state_of(world, review) == "shown"
    with in_market(world.market.pk):
        (waits,) = reviews_to_judge()
    assert waits.reported == {"untrue": 2}
    judge_review(market=world.market, actor=SYSTEM, review_id=review.pk, reason="")
    with in_market(world.market.pk):
        assert count_to_judge() == 0


def test_a_stall_answers_in_public_and_takes_it_back(world: World) -> None:
    review = written(world, 3)

    assert (
        answer_review(market=world.market, actor=SYSTEM, review_id=review.pk, words=" 고맙습니다 ").answer
        == "고맙습니다"
    )
    with pytest.raises(errors.AnswerMissing):
        answer_review(market=world.market, actor=SYSTEM, review_id=review.pk, words="가" * 501)
    back = answer_review(market=world.market, actor=SYSTEM, review_id=review.pk, words="")
    assert (back.answer, back.answered_at) == ("", None)


def test_a_list_of_reviews_takes_the_same_statements_for_one_and_for_many(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 4):
        while Review._base_manager.count() < count:
            written(world)
        with in_market(world.market.pk), django_assert_num_queries(2):
            found = shown_reviews(world.tofu_stall.pk, None, 0)
            assert [list(review.photos.all()) for review in found] == [[]] * count
        with in_market(world.market.pk), django_assert_num_queries(1):
            rated = ratings_of_stall(world.tofu_stall.pk).stall
            assert rated is not None
            assert rated.count == count
