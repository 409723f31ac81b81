"""Our locations and the site's own are kept apart."""

import pytest

from tests.config.files import BOARD, problems, settings

PLACES = "[[locations]]\nid = 'centrum'\n[[sources]]\nid = 'c'\nconnector = 'chain'\n"


def test_a_sites_own_location_ids_come_from_the_table_that_maps_them(tmp_path):
    source = settings(tmp_path, PLACES + "locations = { 'locations/1' = 'centrum' }").sources[0]
    assert source.locations == {"locations/1": "centrum"}
    assert source.settings.location == ["locations/1"]


@pytest.mark.parametrize("given", ["'123'", "['123', '456']"])
def test_a_location_that_is_none_of_ours_is_the_sites(tmp_path, given):
    source = settings(tmp_path, PLACES + f"location = {given}").sources[0]
    assert source.location is None
    assert source.settings.location in ("123", ["123", "456"])


def test_our_location_alone_does_not_tell_the_site_which_of_its_own_to_read(tmp_path):
    assert problems(tmp_path, PLACES + "location = 'centrum'") == [
        (
            "config.toml:6: sources.c.location: is one of [[locations]]; chain needs its own id too:"
            ' locations = { "THEIR ID" = "OURS" }'
        ),
    ]


def test_a_mistyped_location_of_ours_is_not_sent_to_the_site(tmp_path):
    assert any("did you mean 'centrum'?" in line for line in problems(tmp_path, PLACES + "location = 'centrm'"))


def test_location_and_locations_exclude_each_other(tmp_path):
    text = "[[locations]]\nid = 'x'\n" + BOARD + "location = 'x'\nlocations = { a = 'x' }"
    assert problems(tmp_path, text) == [
        "config.toml:9: sources.plaza.locations: a source has either location or locations, not both"
    ]
