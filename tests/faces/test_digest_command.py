"""`repmon digest --preview`: what a digest would say; nothing is sent."""

from datetime import UTC, datetime, timedelta

import pytest

CHANNELS = """
[channels.owner]
urls = ["json://127.0.0.1:9/x"]
[channels.manager]
urls = ["json://127.0.0.1:9/y"]
person = "mila"
"""
DIGESTS = """
[[digests]]
name = "weekly"
notify = ["owner"]
[[digests]]
name = "evening"
every = "day"
at = "18:00"
notify = ["manager"]
"""
SURVEY = '[[sources]]\nid = "survey"\nconnector = "file"\npath = "survey.csv"\n'


@pytest.fixture
def told(desk):
    """A review that came now, and two digests."""
    now = datetime.now(UTC)
    desk.configure(SURVEY, CHANNELS, DIGESTS)
    desk.survey(
        f'id,text,rating,written_at\n1,"Cold soup, rude waiter.",1,{now - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}\n'
    )
    assert desk.run("poll", "--no-deliver").exit_code == 0
    return desk


def test_it_shows_the_first_digest_up_to_now(told):
    said = told.run("digest", "--preview").stdout
    assert "Your week at Kettle and Crumb: 1 new review, 1 unhappy" in said
    assert "1 new review (the week before: 0)" in said


def test_it_shows_a_digest_by_name_as_its_channel_gets_it(told):
    assert "Your day at" in told.run("digest", "--preview", "evening").stdout
    assert "Your week at" in told.run("digest", "--preview", "weekly", "--channel", "manager").stdout


def test_it_shows_the_one_of_an_earlier_day(told):
    day = datetime.now(UTC) - timedelta(days=10)
    assert "all quiet" in told.run("digest", "--preview", "--date", f"{day:%Y-%m-%d}").stdout


def test_it_writes_the_page_with_the_picture_inside(told, tmp_path):
    told.run("digest", "--preview", "--html", str(tmp_path / "digest.html"))
    page = (tmp_path / "digest.html").read_text("utf-8")
    assert '<img src="data:image/png;base64,iVBOR' in page
    assert "1 new review, 1 unhappy" in page


def test_nothing_is_sent_and_nothing_is_remembered(told):
    before = told.json("deliveries")
    told.run("digest", "--preview")
    assert told.json("deliveries") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("digest",), "--preview"),
        (("digest", "--preview", "monthly"), "there is weekly, evening"),
        (("digest", "--preview", "--channel", "nobody"), "nobody"),
        (("digest", "--preview", "--date", "2999-01-01"), "not over yet"),
    ],
)
def test_what_cannot_be_shown_is_refused(told, arguments, said):
    result = told.run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_without_a_channel_there_is_no_digest(desk):
    result = desk.run("digest", "--preview")
    assert result.exit_code == 2
    assert "it needs a channel" in result.stderr
