"""Surveys: what was answered is kept as given, on its own scale, and never becomes stars."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import csv
import io
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.errors import ItemUnreadable
from repmon.steps.normalise import normalise
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.survey import Survey
from tests.connectors.doors import Drawer
from tests.connectors.replies import reply
from tests.shared import payload

COLUMNS = {
    "id": "Response ID", "rating": "How likely are you to come back?", "text": "What should we do better?",
    "written_at": "Response time",
}  # fmt: skip
NOW = datetime(2025, 4, 1, tzinfo=UTC)


class TestSurvey(ConnectorContract):
    connector = Survey
    settings = {"path": "{file}", "scale": "nps", "columns": COLUMNS}
    replies = [reply("survey_nps.csv")]
    broken = reply("survey_nps_broken.csv")
    content_type = "text/csv"


def read(content: bytes, **settings: object):
    survey = Survey.model_validate({"path": "x", "scale": "nps", "columns": COLUMNS, **settings})
    reviews, unreadable = [], []
    for item in guarded_items(survey, Drawer(x=content), "x"):
        try:
            reviews.append(read_item(survey, item))
        except ItemUnreadable as error:
            unreadable.append(error.code)
    return reviews, unreadable


def test_a_nought_is_an_answer_and_an_empty_cell_is_none():
    reviews, unreadable = read(reply("survey_nps.csv"))
    assert [(one.id, one.rating) for one in reviews] == [("a1", 9), ("a2", 0), ("a3", None), ("a4", 7)]
    assert {(one.kind, one.scale, one.out_of) for one in reviews} == {("survey", "nps", 10)}
    assert unreadable == []


def test_what_was_given_is_kept_and_no_stars_are_made_of_it():
    review = normalise(read(reply("survey_nps.csv"))[0][0], "s", None, NOW)
    assert (review.rating, review.given, review.out_of) == (None, 9, 10)


def test_an_answer_outside_of_the_scale_costs_itself_only():
    reviews, unreadable = read(reply("survey_nps_broken.csv"))
    assert len(reviews) == 3
    assert unreadable == ["rating_out_of_range"]


def test_where_one_is_best_the_scale_is_turned_over():
    content = b"rating\n1\n7\n"
    reviews, _unreadable = read(content, scale="ces", columns={"rating": "rating"}, higher_is_better=False)
    assert [one.rating for one in reviews] == [7, 1]


def test_words_need_labels_and_rows_alike_stay_two():
    content = b"rating\nHappy\nHappy\nHm\n"
    reviews, unreadable = read(content, scale="csat", columns={"rating": "rating"}, labels={"Happy": 5})
    assert [one.rating for one in reviews] == [5, 5]
    assert len({one.id for one in reviews}) == 2
    assert len(unreadable) == 1


@pytest.mark.parametrize("wrong", [{"columns": {"text": "x"}}, {"lowest": 10}, {"scale": "stars"}])
def test_settings_that_cannot_be_are_refused(wrong: dict):
    with pytest.raises(ValidationError):
        Survey.model_validate({"path": "x", "scale": "nps", "columns": COLUMNS, **wrong})


def test_lines_of_json_are_no_survey():
    assert read(b'{"rating": 4}\n')[1] == ["survey_no_csv"]


@pytest.mark.parametrize(
    "file",
    ["typeform_multichoice_one_column.csv", "surveymonkey_two_header_rows.csv", "surveymonkey_dash_for_missing.csv"],
)
def test_recorded_exports_are_read_row_by_row(file: str):
    content = payload(f"survey_csv/{file}")
    header = next(csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline="")))
    named = [name for name in header if name.strip() and header.count(name) == 1]
    reviews, unreadable = read(content, columns={"id": named[0], "rating": named[-1]})
    assert len(reviews) + len(unreadable) >= 1
    assert len({one.id for one in reviews}) == len(reviews)
    assert set(unreadable) <= {"field_unreadable", "rating_out_of_range", "row_cells", "row_quote"}


def test_a_date_that_is_none_is_named_as_what_it_is():
    survey = Survey(path="x", scale="nps", columns={"rating": "rating", "written_at": "on"})
    (item,) = guarded_items(survey, Drawer(x=b"rating,on\n3,yesterday\n"), "x")
    with pytest.raises(ItemUnreadable) as caught:
        read_item(survey, item)
    assert caught.value.field == "written_at"
