"""The Places page: how each place does, in figures that are right and charts that can be read aloud."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from repmon import desk as acts
from repmon.store import incidents
from repmon.web import chart
from tests.flow.site import many, written
from tests.flow.stage import NOW
from tests.web.desk import opened

SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def card(page, name):
    """The card of one place as text without tags."""
    found = next(each for each in re.findall(r'<section class="card tile place.*?</section>', page, re.DOTALL)
                 if f">{name}</a></h2>" in each)  # fmt: skip
    return " ".join(re.sub("<[^>]+>", " ", found).split())


@pytest.fixture
def figures(stage, board, mill, address, switch):
    """At the harbour three reviews this week (5, 4, 1) and two in the 90 days before the last (3, 3)."""
    stage.source("harbour-reviews", "changed", board, 'location = "harbour"')
    stage.source("rival", "changed", mill, 'role = "competitor"\nlocation = "harbour"').begin()
    board.show(
        written("old1", NOW - timedelta(days=100), "Fair.", 3), written("old2", NOW - timedelta(days=120), "Fair.", 3)
    )
    mill.show(
        written("r1", NOW - timedelta(days=3), "Lovely.", 5),
        written("r2", NOW - timedelta(days=20), "Rude and cold.", 1),
    )
    stage.turn(send=False)
    stage.later(hours=1)
    board.show(
        written("c", NOW + timedelta(minutes=5), "Lovely cake, kind people.", 5),
        written("b", NOW + timedelta(minutes=4), "Nice cake.", 4),
        written("a", NOW + timedelta(minutes=3), "The waiter was rude and the table was dirty.", 1),
    )
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        yield desk


def test_a_place_shows_its_mean_its_trend_and_what_is_new(figures):
    said = card(figures.viewer.get("/places").text, "Kettle and Crumb Harbour")
    assert "3.3 ★" in said
    assert "Mean of 3 in 90 days" in said
    assert "▲ +0.3 against the 90 days before" in said
    assert "New this week 3 (+3)" in said
    assert "33 % (1)" in said
    assert "Waiting for an answer 1 under 4 h: 1, under a day: 0, under 3 days: 0, older: 0" in said


def test_a_competitor_stands_beside_and_is_not_counted_in(figures):
    said = card(figures.viewer.get("/places").text, "Kettle and Crumb Harbour")
    assert "Competitors, 90 days" in said
    assert "rival 3.0 2 50 %" in said


def test_a_place_without_reviews_says_so(figures):
    said = card(figures.viewer.get("/places").text, "Kettle and Crumb Mill")
    assert "No reviews in the last 90 days." in said
    assert "Waiting for an answer none" in said


def test_an_answer_in_time_counts_and_one_not_due_yet_does_not(figures):
    assert "Answered in 24 h none was due" in card(figures.viewer.get("/places").text, "Kettle and Crumb Harbour")
    draft = figures.stage.one("SELECT max(id) FROM draft")
    acts.approve_draft(figures.world, draft, by="mila")
    acts.mark_posted(figures.world, draft, by="mila")
    figures.stage.later(days=2)
    said = card(figures.viewer.get("/places").text, "Kettle and Crumb Harbour")
    assert "Answered in 24 h 100 % (1 of 1)" in said
    assert "Waiting for an answer none" in said


def test_what_waits_grows_older_and_is_the_inbox_s_own_figure(figures):
    figures.stage.later(days=2)
    page = figures.viewer.get("/places").text
    assert "under 3 days: 1, older: 0" in card(page, "Kettle and Crumb Harbour")
    assert 'href="/?location=harbour"' in page
    assert len(re.findall('class="entry-link"', figures.viewer.get("/?location=harbour").text)) == 1


def test_figures_are_kept_for_a_minute_and_say_of_when_they_are(figures):
    first = figures.viewer.get("/places").text
    as_of = re.search(r"As of ([^<]+)<", first)[1]
    review = figures.stage.one("SELECT id FROM review WHERE external_id = 'a'")
    acts.dismiss_review(figures.world, review, "spam", by="mila")
    figures.stage.later(seconds=30)
    again = figures.viewer.get("/places").text
    assert as_of in again
    assert "Waiting for an answer 1" in card(again, "Kettle and Crumb Harbour")
    figures.stage.later(seconds=31)
    assert "Waiting for an answer none" in card(figures.viewer.get("/places").text, "Kettle and Crumb Harbour")


def test_won_back_reviewers_are_counted(figures):
    with figures.world.database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE review SET outcome = 'won_back', outcome_at = first_seen_at WHERE external_id = 'a'")  # fmt: skip
    assert "Won back, 90 days 1" in card(figures.viewer.get("/places").text, "Kettle and Crumb Harbour")


def test_an_open_incident_is_named_at_its_place(figures):
    values = {"since": NOW.isoformat(), "unhappy": 7, "usual": 1.2, "told": 7}
    with figures.world.database.write() as session:
        incidents.begin(session, "mill", values, figures.stage.now)
    page = figures.viewer.get("/places").text
    assert "7 unhappy reviews since 2026-03-02" in card(page, "Kettle and Crumb Mill")
    assert "at once" not in card(page, "Kettle and Crumb Harbour")


def test_a_manager_of_one_place_sees_that_place_only(figures):
    hugo = figures.browser("hugo", "manager", ["mill"])
    page = hugo.get("/places").text
    assert "Kettle and Crumb Mill" in page
    assert "Harbour" not in page
    assert hugo.get("/places/said?location=harbour").status_code == 404
    assert hugo.get("/places/said").status_code == 404
    assert hugo.get("/places/said?location=mill").status_code == 200


def test_without_places_there_is_the_one_business(stage, board, address, switch):
    stage.more = ""
    board.show(*many(3, NOW - timedelta(days=2)))
    stage.source("reviews", "changed", board).begin()
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        page = desk.viewer.get("/places").text
        assert "Mean of 3 in 90 days" in card(page, "Kettle and Crumb")
        assert desk.viewer.get("/places/said").status_code == 200


def test_charts_have_a_title_and_words_and_no_style(figures):
    page = figures.viewer.get("/places").text
    drawn = [ET.fromstring(each) for each in SVG.findall(page)]
    assert len(drawn) == 2
    names = [node.get("id") for each in drawn for node in each if node.get("id")]
    assert len(names) == len(set(names)) == 4
    for each in drawn:
        assert each.get("aria-labelledby").split() == [each[0].get("id"), each[1].get("id")]
        assert each[0].text
        assert each[1].text.count(";") >= 11
    assert " style=" not in page
    assert "<style" not in page
    assert "2026-03-02: 3 reviews, 1 unhappy" in drawn[0][1].text


def test_a_chart_draws_each_week_to_scale_and_leaves_gaps():
    drawn = ET.fromstring(chart.bars([(0, 0), (4, 1), (8, 8)], name="x", title="T", words="W"))
    tall = [float(each.get("height")) for each in drawn.iter("rect") if each.get("class") == "all"]
    assert tall[1] == pytest.approx(2 * tall[0], abs=0.1)
    lines = ET.fromstring(chart.lines([1.0, 5.0, None, 3.0], [None] * 4, name="y", title="T", words="W"))
    kinds = [each.tag for each in lines if each.tag in {"polyline", "circle"}]
    assert kinds == ["polyline", "circle"]


def test_words_in_a_chart_cannot_become_markup():
    drawn = chart.bars([(1, 0)], name="x", title="<script>", words='"><script>alert(1)</script>')
    assert "<script>" not in drawn
    assert ET.fromstring(drawn)[1].text == '"><script>alert(1)</script>'


def test_what_is_said_more_often_comes_as_a_page_and_as_a_part(stage, board, address, switch):
    stage.source("harbour-reviews", "changed", board, 'location = "harbour"').begin()
    old = [
        written(f"o{n}", NOW - timedelta(days=10 + n), f"Nice room number {n}, all was well here.", 5)
        for n in range(40)
    ]
    new = [
        written(f"n{n}", NOW - timedelta(hours=n + 1), f"The parking garage was closed, day {n}.", 1) for n in range(8)
    ]
    board.show(*new, *old)
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        whole = desk.viewer.get("/places/said?location=harbour").text
        assert "More often in complaints" in whole
        assert "parking garage" in whole
        assert "8 of" in whole
        part = desk.viewer.get("/places/said?location=harbour", headers={"hx-request": "true"}).text
        assert "parking garage" in part
        assert "<html" not in part


def test_with_too_few_reviews_nothing_is_called_more_often(figures):
    assert "too few earlier reviews" in figures.viewer.get("/places/said?location=mill").text
    assert figures.viewer.get("/places/said?location=nowhere").status_code == 404
