"""Reading under guard: a stranger's code trips, and it is one of our errors that names the field."""

from datetime import datetime

import pytest

from repmon.connector import Connector, Http, Item, Items, SiteReview
from repmon.errors import ItemUnreadable, SourceChanged, SourceDown
from repmon.steps.reading import guarded_items, read_item
from tests.connectors.acme import Acme

ACME = Acme(listing="x", token="made-up-acme-token")
GOOD = {"id": "r1", "stars": 4, "body": "Fine", "at": "2025-01-01T10:00:00Z"}


class Odd(Connector):
    """Reads its items with as little care as code can."""

    def items(self, http: Http, listing: str) -> Items:
        yield from http

    def review(self, item: Item) -> SiteReview:
        stars = float(item["stars"])
        moment = datetime.fromisoformat(item["when"]["day"])
        return SiteReview(id=item["id"], rating=stars, written_at=moment, author=item.get("by").strip())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": None}, "id"),
        ({"stars": "many"}, "rating"),
        ({"stars": float("nan")}, "rating"),
        ({"at": "yesterday"}, "written_at"),
        ({"reply": {"at": None}}, "body"),
    ],
)
def test_an_unreadable_item_names_its_field(change: dict[str, object], field: str):
    with pytest.raises(ItemUnreadable) as caught:
        read_item(ACME, {**GOOD, **change})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"id": 1, "stars": "many", "when": {"day": "2025-01-01"}}, "stars"),
        ({"id": 1, "stars": 1, "when": {"day": "soon"}}, "day"),
        ({"id": 1, "stars": 1, "when": []}, "day"),
        ({"id": 1, "stars": 1, "when": {"day": "2025-01-01"}, "by": None}, "by"),
        ({"id": 1}, "stars"),
        (None, "stars"),
    ],
)
def test_code_that_trips_is_traced_to_the_field_it_was_reading(item: Item, field: str):
    with pytest.raises(ItemUnreadable) as caught:
        read_item(Odd(), item)
    assert caught.value.field == field


def test_what_an_item_says_is_not_quoted_in_the_error():
    with pytest.raises(ItemUnreadable) as caught:
        read_item(ACME, {**GOOD, "stars": "canary"})
    assert "canary" not in str(caught.value)


def test_something_that_is_no_review_is_not_taken_for_one():
    class Lazy(Odd):
        def review(self, item: Item) -> SiteReview:
            return item

    with pytest.raises(ItemUnreadable):
        read_item(Lazy(), GOOD)


def test_a_bug_that_has_nothing_to_do_with_data_is_not_hidden():
    class Buggy(Odd):
        def review(self, item: Item) -> SiteReview:
            raise NotImplementedError

    with pytest.raises(NotImplementedError):
        read_item(Buggy(), GOOD)


@pytest.mark.parametrize("answer", [None, 7])
def test_an_answer_that_makes_no_sense_is_a_changed_source(answer: object):
    with pytest.raises(SourceChanged):
        list(guarded_items(Odd(), answer, ""))


def test_errors_of_the_connection_pass_through_without_the_secret():
    class Down:
        def get(self, url: str, **_more: object) -> None:
            raise SourceDown("cannot_connect", url=f"{url}/made-up-acme-token", status=0)

    with pytest.raises(SourceDown) as caught:
        list(guarded_items(ACME, Down(), ""))
    assert "made-up-acme-token" not in f"{caught.value!r} {caught.value.values}"


@pytest.mark.parametrize("length", [1, 2, 3, 50, 333])
def test_a_listing_that_goes_round_in_circles_is_ended(length: int):
    def circle():
        for _ in range(10_000):
            yield from ({"id": number} for number in range(length))

    seen = []
    with pytest.raises(SourceChanged, match="over and over"):
        seen.extend(guarded_items(Odd(), circle(), ""))


def test_a_review_pinned_on_every_page_is_no_circle():
    pages = ({"id": number if number % 51 else 0} for number in range(5_000))
    assert len(list(guarded_items(Odd(), pages, ""))) == 5_000


def test_items_are_handed_on_as_they_come():
    asked = []

    def slowly():
        for number in range(3):
            asked.append(number)
            yield {"id": number}

    next(guarded_items(Odd(), slowly(), ""))
    assert asked == [0]
