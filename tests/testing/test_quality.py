"""Bronze, silver and gold are earned by what lies beside a connector, and not by a word in its test."""

from datetime import timedelta
from pathlib import Path

import pytest

from repmon.testing.quality import Made, missing, quality
from tests.connectors.acme import Acme

PAGE = """# Acme

## What you need
## What it costs
## What it cannot do
## Removing it

Maintained by Ada, who runs it.
"""
CONTRACT = "class TestAcme(ReplyContract):\n    connector = Polite\n"
USES = "".join(f'\nX = reply("acme_{kind}.json")' for kind in ("empty", "429", "odd"))


class Polite(Acme):
    """Terms: https://acme.example/terms."""

    min_every = timedelta(minutes=10)
    complete = True
    terms = "https://acme.example/terms"


for _field in Polite.model_fields.values():
    _field.description = "What it is for."


@pytest.fixture
def made(tmp_path: Path):
    """Look at a connector with this test, page and replies beside it."""

    def look(test=CONTRACT + USES, page=PAGE, replies=("empty", "429", "odd"), kind=Polite):
        (tmp_path / "replies").mkdir()
        (tmp_path / "test_acme.py").write_text(test, "utf-8")
        (tmp_path / "acme.md").write_text(page, "utf-8")
        for name in replies:
            (tmp_path / "replies" / f"acme_{name}.json").write_text("{}", "utf-8")
        return Made.found("acme", kind, tmp_path, tmp_path)

    return look


def lacks(found):
    return [rule for _tier, rule in missing(found)]


def test_all_of_it_is_gold(made):
    assert quality(made()) == "gold", lacks(made())


@pytest.mark.parametrize("kind", ["empty", "429", "odd"])
def test_a_reply_that_is_only_spoken_of_is_none(made, kind):
    found = made(replies={"empty", "429", "odd"} - {kind})
    assert quality(found) == "bronze"
    assert [kind in rule for rule in lacks(found)] == [True]


@pytest.mark.parametrize("kind", ["empty", "429", "odd"])
def test_a_reply_that_no_test_makes_use_of_is_none(made, kind):
    assert quality(made(test=CONTRACT + USES.replace(f"acme_{kind}", "x"))) == "bronze"


def test_a_word_about_429_in_the_test_is_not_enough(made):
    assert (
        quality(made(test=CONTRACT + USES.replace("acme_429", "x") + "\n# 429", replies=("empty", "odd"))) == "bronze"
    )


def test_replies_of_another_connector_whose_name_begins_alike_do_not_count(made):
    found = made(replies=("play_empty", "play_429", "play_odd"))
    assert quality(found) == "bronze"


@pytest.mark.parametrize("section", ["What you need", "What it costs", "What it cannot do", "Removing it"])
def test_a_page_without_one_of_its_sections_is_not_whole(made, section):
    assert quality(made(page=PAGE.replace(f"## {section}", ""))) == "bronze"


def test_a_maintainer_is_a_name_and_not_the_word(made):
    assert quality(made(page=PAGE.replace("Maintained by Ada, who runs it.", "Nobody maintains this."))) == "silver"


def test_removals_are_seen_only_where_it_asks_again_by_itself(made):
    class Partial(Polite):
        complete = False
        order = "changed"

    assert lacks(made(test=(CONTRACT + USES).replace("Polite", "Partial"), kind=Partial)) == ["deletions are seen"]


def test_replies_that_are_posted_and_never_seen_are_no_gold(made):
    class Blind(Polite):
        sees_replies = False

    assert lacks(made(test=(CONTRACT + USES).replace("Polite", "Blind"), kind=Blind)) == ["replies are seen and posted"]


def test_files_have_a_test_of_their_own_for_nothing(made):
    class OfFiles(Polite):
        door = "files"

    test = (CONTRACT + USES).replace("Polite", "OfFiles")
    found = made(test=f"{test}\ndef test_an_empty_file_is_an_error(): ...", replies=("odd",), kind=OfFiles)
    assert quality(found) == "gold"


def test_without_a_contract_it_is_nothing(made):
    assert quality(made(test=USES)) == ""
