"""Files: exports as they really are, half-written ones, wrong encodings, and rows that are none."""

import codecs
import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.errors import ItemUnreadable, SourceChanged, SourceRefused
from repmon.steps.reading import guarded_items, read_item
from repmon_connectors.file import File
from tests.connectors.doors import Drawer
from tests.connectors.replies import reply
from tests.shared import payload

SURVEY = {
    "id": "Respondent ID",
    "rating": "How likely are you to come back?",
    "text": "What should we do better?",
    "written_at": "End Date",
}


def read(content: bytes, **settings: object):
    """The reviews, the fields of unreadable rows, and the notes."""
    connector = File.model_validate({"path": "x", **settings})
    drawer = Drawer(x=content)
    reviews, unreadable = [], []
    for item in guarded_items(connector, drawer, "x"):
        try:
            reviews.append(read_item(connector, item))
        except ItemUnreadable as error:
            unreadable.append(error.field)
    return reviews, unreadable, drawer.notes


def test_a_survey_with_two_header_rows_in_our_words():
    reviews, unreadable, notes = read(reply("survey.csv"), scale="nps", columns=SURVEY)
    assert [(review.id, review.rating) for review in reviews] == [("501", 9), ("502", 4), ("503", 0), ("504", None)]
    assert reviews[0].written_at == datetime(2025, 3, 1, 20, 15, tzinfo=UTC)
    assert reviews[1].text is None
    assert reviews[2].text == "Two lines:\nthe wait, the noise"
    assert {(review.kind, review.scale, review.out_of) for review in reviews} == {("survey", "nps", 10)}
    assert (unreadable, notes) == ([], [])


def test_columns_that_are_not_mapped_are_not_read():
    connector = File(path="x", columns=SURVEY)
    assert "guests.example" not in json.dumps(list(connector.items(Drawer(x=reply("survey.csv")), "x")))


@pytest.mark.parametrize(
    ("cell", "rating"),
    [("4", 4), ("4.0", 4), ('"4,0"', 4), (" 3 ", 3), ("5 - Very likely", 5), ("0", 0), ("", None), ("-", None)],
)
def test_a_rating_is_read_as_people_write_it_and_never_made_up(cell: str, rating: float | None):
    reviews, unreadable, _notes = read(f"id,text,rating\n1,fine,{cell}\n".encode())
    assert [review.rating for review in reviews] == [rating]
    assert unreadable == []


def test_a_rating_in_words_needs_a_label():
    content = b"id,rating\n1,Very satisfied\n2,Hm\n"
    reviews, unreadable, _notes = read(content, scale="csat", labels={"Very satisfied": 5})
    assert [review.rating for review in reviews] == [5]
    assert unreadable == ["rating"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_header(mark: str):
    content = f"id{mark}text{mark}rating\n1{mark}Good; cheap, and near{mark}4\n"
    content = content.replace("Good; cheap, and near", '"Good; cheap, and near"')
    assert read(content.encode())[0][0].text == "Good; cheap, and near"


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + "id,text\n1,Crème\n".encode(),
        "id,text\n1,Crème\n".encode("utf-16"),
        "id,text\r\n1,Crème\r\n".encode(),
        "id,text\r1,Crème\r".encode(),
    ],
)
def test_marks_and_line_ends_make_no_difference(content: bytes):
    reviews, unreadable, notes = read(content)
    assert ([(review.id, review.text) for review in reviews], unreadable, notes) == ([("1", "Crème")], [], [])


def test_what_is_no_utf_8_is_read_as_windows_1252_with_a_note_and_the_rest_stays_right():
    content = "id,text\n1,Crème\n".encode() + "2,Brûlée “fine”\n".encode("cp1252")
    reviews, _unreadable, notes = read(content)
    assert [review.text for review in reviews] == ["Crème", "Brûlée “fine”"]
    assert notes == [("file_recoded", {"file": "x"})]


WHOLE = 'id,text,rating\n1,first,5\n2,"second, in\ntwo lines",4\n3,"thírd",3\n'.encode()


def test_wherever_a_file_is_cut_off_no_whole_row_is_lost_and_no_half_row_is_read_wrong():
    full = {review.id: review for review in read(WHOLE)[0]}
    for end in range(len("id,text,rating\n") + 1, len(WHOLE)):
        cut = WHOLE[:end]
        reviews, unreadable, notes = read(cut)
        done = [row_id for row_id, tail in (("1", b",5\n"), ("2", b",4\n"), ("3", b",3\n")) if tail in cut]
        assert [review.id for review in reviews][: len(done)] == done, cut
        assert all(full[review.id].text == review.text for review in reviews), cut
        assert unreadable == [], cut
        assert len(reviews) + len(notes) >= len(done), cut
        if not cut.endswith(b"\n"):
            assert notes or reviews[-1] == full[reviews[-1].id] or reviews[-1].rating is None, cut


def test_a_cut_off_row_waits_with_a_note_and_comes_with_the_next_turn():
    reviews, _unreadable, notes = read(WHOLE[:-5])
    assert [review.id for review in reviews] == ["1", "2"]
    assert notes == [("file_unfinished", {"file": "x", "line": 5})]
    assert [review.id for review in read(WHOLE)[0]] == ["1", "2", "3"]


def test_a_quote_that_is_never_closed_costs_its_own_row_only():
    content = b'id,text,rating\n1,fine,5\n2,"open,4\n3,fine,3\n4,"closed",2\n5,fine,1\n'
    reviews, unreadable, notes = read(content)
    assert [review.id for review in reviews] == ["1", "3", "4", "5"]
    assert (unreadable, notes) == (["line 3"], [])


def test_rows_with_too_few_or_too_many_cells_are_named_by_their_line():
    reviews, unreadable, _notes = read(b"id,text,rating\n1,a,5\n2,b\n3,c,4,5\n4,d,3,,\n\n,,\n5,e,2\n")
    assert [review.id for review in reviews] == ["1", "4", "5"]
    assert unreadable == ["line 3", "line 4"]


def test_a_column_that_is_mapped_and_missing_is_named_with_what_is_there():
    with pytest.raises(SourceChanged) as caught:
        read(b"Id,Answer\n1,fine\n", columns={"text": "Comment"})
    assert "Comment" in str(caught.value)
    assert "Id, Answer" in str(caught.value)


def test_a_file_without_any_column_we_know_is_not_read_as_empty():
    with pytest.raises(SourceChanged):
        read(b"a,b\n1,2\n")


def test_headers_are_found_whatever_their_spaces_and_case_and_a_doubled_one_is_refused():
    content = "Id,Your\u00a0 Comment\n1,fine\n".encode()
    assert read(content, columns={"text": "your comment"})[0][0].text == "fine"
    with pytest.raises(SourceChanged, match="more than once"):
        read(b"id,text,text\n1,a,b\n")
    assert read(b"id,text,x,x,,\n1,a,b,c,,\n")[0][0].text == "a"


def test_rows_without_an_id_are_known_by_what_they_say_and_alike_rows_stay_apart():
    content = b"text,rating\nfine,5\n,4\n,4\n"
    first, again = read(content)[0], read(content + b"new,1\n")[0]
    assert len({review.id for review in first}) == 3
    assert [review.id for review in again][:3] == [review.id for review in first]


def test_an_id_column_that_is_empty_sets_the_row_aside():
    assert read(b"id,text\n1,a\n,b\n")[1] == ["id"]


def test_dates_take_the_configured_zone_and_form():
    content = b"id,text,written_at\n1,a,03/04/2025 21:30\n"
    (review,) = read(content, date_format="%m/%d/%Y %H:%M", time_zone="Europe/Amsterdam")[0]
    assert review.written_at.isoformat() == "2025-03-04T21:30:00+01:00"
    assert read(content)[1] == ["written_at"]
    assert read(b"id,text,written_at\n1,a,20250304\n")[0][0].written_at == datetime(2025, 3, 4, tzinfo=UTC)


def test_json_lines_are_read_and_a_broken_one_costs_itself():
    good = b'{"id": 1, "text": "a", "rating": 4, "extra": {"x": 1}}\n', b'{"id": 4, "text": null}\n'
    content = b'{"id": 2, "te\n[]\n{"id": 3, "other": 1}\n'.join(good)
    reviews, unreadable, _notes = read(content)
    assert [(review.id, review.text, review.rating) for review in reviews] == [("1", "a", 4), ("4", None, None)]
    assert len(unreadable) == 3


def test_a_json_line_being_written_waits_with_a_note():
    content = b'{"id": 1, "text": "a {"}\n{"id": 2, "text": "b", "more": {"x": 1}'
    reviews, unreadable, notes = read(content)
    assert ([review.id for review in reviews], unreadable) == (["1"], [])
    assert notes == [("file_unfinished", {"file": "x", "line": 2})]
    assert [review.id for review in read(content + b"}")[0]] == ["1", "2"]


def test_json_lines_without_ids_are_known_by_what_they_say():
    content = b'{"text": "a"}\n{"text": "b"}\n'
    ids = [review.id for review in read(content)[0]]
    assert len(set(ids)) == 2
    assert ids == [review.id for review in read(content)[0]]


def test_an_empty_file_is_an_error_and_a_header_alone_a_note():
    with pytest.raises(SourceChanged, match="empty"):
        read(b"")
    assert read(b"id,text\n") == ([], [], [("file_no_rows", {"file": "x"})])


def test_a_folder_gives_the_rows_of_its_files_and_a_missing_path_is_refused():
    connector, drawer = File(path="in"), Drawer(a=b"id,text\n1,a\n", b=b"id;text\n2;b\n")
    assert [item["id"] for item in connector.items(drawer, "")] == ["1", "2"]
    with pytest.raises(SourceRefused):
        list(guarded_items(connector, drawer, "elsewhere"))


@pytest.mark.parametrize(
    "wrong", [{"columns": {"txt": "a"}}, {"scale": "smileys"}, {"time_zone": "Mars"}, {"out_of": 0}]
)
def test_settings_that_cannot_be_right_are_refused(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        File.model_validate({"path": "x", **wrong})


def test_the_recorded_export_with_two_headers_and_strange_bytes_is_read_whole():
    columns = {"id": "RespondentID", "text": "How do you like your steak prepared?"}
    reviews, unreadable, notes = read(payload("survey_csv/surveymonkey_two_header_rows.csv"), columns=columns)
    assert (len(reviews), len({review.id for review in reviews})) == (550, 550)
    assert unreadable == []
    assert [code for code, _values in notes] in ([], ["file_recoded"])


def test_a_dash_in_the_recorded_export_is_no_answer():
    column = "A specific website or app (please provide the answer)"
    content = payload("survey_csv/surveymonkey_dash_for_missing.csv")
    reviews, unreadable, _notes = read(content, columns={"id": "RespondentID", "text": column})
    assert len(reviews) == 928
    assert unreadable == []
    assert {review.text for review in reviews if review.text in {"-", ""}} == set()
    assert any(review.text for review in reviews)


def test_the_recorded_form_keeps_its_tokens_as_ids():
    columns = {"id": "#", "text": "Notes", "written_at": "Submit Date (UTC)"}
    (review,) = read(payload("survey_csv/typeform_multichoice_one_column.csv"), columns=columns)[0]
    assert review.id == "068127e3d5e9ca5f5fac8e04fa692a9e"
    assert review.written_at == datetime(2018, 4, 3, 9, 5, 40, tzinfo=UTC)


def test_odd_rows_are_read_as_they_are_and_those_that_cannot_be_cost_themselves():
    reviews, unreadable, notes = read(reply("file_odd.csv"))
    assert [(one.id, one.rating) for one in reviews] == [("1", 4), ("2", 11), ("6", None), ("7", 0)]
    assert reviews[0].text == 'Two lines,\none "quote"'
    assert unreadable == ["rating", "written_at", "line 7"]
    assert notes == []
