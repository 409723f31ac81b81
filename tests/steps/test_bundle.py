"""One message about several things: each keeps what makes it worth knowing, and what to do."""

from collections import Counter

from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.bundle_message import Bundle, render_bundle
from tests.steps.event import NOW, facts, unhappy

DESK = "https://desk.example"


def told(*shown: Facts, held_for: str = "quiet_hours", limit: int | None = None):
    bundle = Bundle(
        "k", held_for, dict(Counter(each.kind for each in shown)), sum(each.unhappy for each in shown),
        ("Quillmouth Harbour",), NOW, shown, "22:00-07:00", 10,
    )  # fmt: skip
    return render_bundle(bundle, now=NOW, desk_url=DESK, limit=limit)


def test_a_reply_that_was_turned_down_says_why_in_a_list_too():
    shown = told(unhappy(), unhappy(kind="reply.rejected", key="k2", values={"reason": "Contains a link"}))
    assert "harbour-app did not take the reply: Contains a link" in shown.body


def test_what_waits_for_an_answer_says_how_long_and_the_title_says_what_it_is():
    waiting = [unhappy(kind="review.unanswered", key=f"k{n}", values={"hours": 24, "next": None}) for n in range(2)]
    shown = told(*waiting)
    assert shown.title == "2 reviews still unanswered at Quillmouth Harbour"
    assert shown.body.count("Nobody has answered it for 24 hours.") == 2


def test_new_and_changed_reviews_are_called_so():
    values = {"old_rating": 5.0, "new_rating": 1.0}
    shown = told(unhappy(), unhappy(kind="review.edited", key="k2", values=values))
    assert shown.title == "2 new or changed reviews at Quillmouth Harbour, 2 unhappy"
    assert "2. Review changed from 5 to 1 of 5 stars" in shown.body
    assert "Before:" not in shown.body


def test_news_about_repmon_keeps_its_advice_and_an_incident_its_end():
    failing = facts("source.failing", values={"code": "", "status": "refused", "since": NOW.isoformat()})
    known = {"unhappy": 5, "before": 5, "calm_hours": 48, "answered": 3, "waiting": 2, "since": NOW.isoformat()}
    shown = told(failing, facts("incident.closed", key="k2", values=known)).body
    assert "What to do: put the right key" in shown
    assert "Answered by now: 3 of 5." in shown


def test_where_room_is_short_the_first_words_are_kept():
    failing = facts("source.failing", values={"code": "", "status": "refused", "since": NOW.isoformat()})
    shown = told(failing, failing, limit=420).body
    assert "cannot be read" in shown
    assert len(shown) <= 420


def test_the_samples_of_an_incident_are_left_to_its_own_message():
    opened = facts("incident.opened", values={"unhappy": 3, "usual": 0.4, "hours": 24, "reviews": 4})
    assert "> " not in told(opened, unhappy()).body.split("2. ")[0]
