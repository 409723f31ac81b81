"""`repmon correct`: a person's word wins, is kept, and can be taken back."""

from repmon.store import audit
from repmon.store.database import Database


def shown(desk, number):
    return next(row for row in desk.json("reviews") if row["id"] == number)


def test_a_persons_label_wins_over_stars(polled):
    assert polled.json("correct", "2", "negative", "--by", "giulia") == {
        "id": 2, "corrected": "negative", "unhappy": True,
    }  # fmt: skip
    assert (shown(polled, 2)["corrected"], shown(polled, 2)["unhappy"]) == ("negative", True)
    polled.run("correct", "1", "neutral")
    assert shown(polled, 1)["unhappy"] is False


def test_a_correction_outlives_the_next_turn(polled):
    polled.run("correct", "2", "negative")
    polled.run("poll")
    assert (shown(polled, 2)["corrected"], shown(polled, 2)["unhappy"]) == ("negative", True)


def test_a_correction_can_be_taken_back(polled):
    polled.run("correct", "2", "negative")
    assert polled.json("correct", "2", "none") == {"id": 2, "corrected": None, "unhappy": False}
    assert shown(polled, 2)["corrected"] is None


def test_who_corrected_what_is_in_the_audit(polled):
    polled.run("correct", "2", "negative", "--by", "giulia")
    database = Database(f"sqlite:///{polled.folder / 'repmon.db'}")
    with database.read() as session:
        assert audit.head_of(session).count >= 1
        assert audit.verify(session) is None
    database.close()


def test_what_cannot_be_corrected_is_said(polled):
    missing = polled.run("correct", "99", "negative")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "99" in missing.stderr
    assert polled.run("correct", "2", "sad").exit_code == 2
    assert polled.run("correct", "two", "negative").exit_code == 2
