"""The lists of the inbox: what belongs in which, in which order, page by page."""

from datetime import timedelta

import pytest

from repmon.store import desk_views
from repmon.store.desk_views import Wanted
from repmon.store.tables import DraftRow, ListingRow, ReviewRow, SourceRow
from tests.store.conftest import NOW


@pytest.fixture
def shop(database):
    """Reviews of the last days: number 1 the oldest, 9 the newest; 9 is a competitor's."""
    kinds = {
        1: {"unhappy": True, "history": True}, 2: {"unhappy": True, "location": "mill"}, 3: {"unhappy": False},
        4: {"unhappy": True, "state": "drafted"}, 5: {"unhappy": True, "snoozed_until": NOW + timedelta(hours=1)},
        6: {"unhappy": True, "state": "answered"}, 7: {"unhappy": True, "assigned_to": "mila", "label": "negative"},
        8: {"unhappy": True, "state": "drafted", "history": True}, 9: {"unhappy": True, "source_id": 2},
    }  # fmt: skip
    with database.write() as session:
        for number, role in ((1, "own"), (2, "competitor")):
            session.add(
                SourceRow(id=number, name=f"s{number}", connector="file", role=role, settings_hash="x", added_at=NOW)
            )
            session.flush()
            session.add(ListingRow(id=number, source_id=number, name="", added_at=NOW))
        session.flush()
        for number, more in kinds.items():
            at = NOW - timedelta(days=10 - number)
            topics = '[["wait","negative",["late"]]]' if number == 7 else None
            row = {"source_id": 1, "listing_id": 1, "external_id": str(number), "first_seen_at": at,
                   "content_hash": "h", "written_at": at, "location": "quay", "topics": topics}  # fmt: skip
            session.add(ReviewRow(id=number, **{**row, **more}))
        session.flush()
        for number, review, state in ((1, 4, "pending"), (2, 8, "approved"), (3, 6, "failed"), (4, 6, "posted")):
            session.add(
                DraftRow(id=number, review_id=review, review_version=1, text="Sorry", created_at=NOW, state=state)
            )
    return database


def listed(database, **wanted) -> list[int]:
    with database.read() as session:
        return [row.id for row in desk_views.page(session, Wanted(**wanted), NOW, after=None, limit=50)]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [2, 4, 7, 8]), ({"tab": "drafts"}, [4]), ({"tab": "approved"}, [8]), ({"tab": "older"}, [1]),
        ({"tab": "all"}, [9, 8, 7, 6, 5, 4, 3, 2, 1]), ({"places": ("mill",)}, [2]), ({"places": ("mill", "x")}, [2]),
        ({"places": ()}, []), ({"tab": "all", "source": "s2"}, [9]), ({"tab": "all", "state": "answered"}, [6]),
        ({"label": "negative"}, [7]), ({"topic": "wait"}, [7]), ({"topic": "wai"}, []), ({"topic": "%"}, []),
        ({"assigned_to": "mila"}, [7]), ({"since": NOW - timedelta(days=4)}, [7, 8]), ({"location": "mill"}, [2]),
        ({"tab": "all", "unhappy": True, "location": "quay"}, [9, 8, 7, 6, 5, 4, 1]),
    ],
)  # fmt: skip
def test_each_list_holds_what_belongs_in_it(shop, wanted, numbers):
    assert listed(shop, **wanted) == numbers


def test_an_assignment_ends_by_itself(shop):
    with shop.write() as session:
        session.get_one(ReviewRow, 7).assigned_until = NOW - timedelta(minutes=1)
    assert listed(shop, assigned_to="mila") == []


def test_counts_are_those_of_the_lists_and_of_ones_own_places(shop):
    with shop.read() as session:
        assert desk_views.counts(session, None, NOW) == {"needs": 4, "drafts": 1, "approved": 1, "older": 1, "all": 9}
        assert desk_views.counts(session, ("mill",), NOW) == {
            "needs": 1,
            "drafts": 0,
            "approved": 0,
            "older": 0,
            "all": 1,
        }


@pytest.mark.parametrize("tab", ["needs", "all"])
def test_pages_by_key_show_each_review_once_though_several_share_a_moment(shop, tab):
    with shop.write() as session:
        for number in (4, 7):
            session.get_one(ReviewRow, number).at = session.get_one(ReviewRow, 2).at
    seen, after = [], None
    while True:
        with shop.read() as session:
            rows = desk_views.page(session, Wanted(tab=tab), NOW, after=after, limit=2)
        if not rows:
            break
        seen += [row.id for row in rows]
        after = (rows[-1].at, rows[-1].id)
    assert seen == listed(shop, tab=tab)
    assert len(set(seen)) == len(seen)


def test_the_newest_draft_of_each_review_is_shown(shop):
    with shop.read() as session:
        found = desk_views.latest_drafts(session, [4, 6, 7])
    assert {number: row.state for number, row in found.items()} == {4: "pending", 6: "posted"}
