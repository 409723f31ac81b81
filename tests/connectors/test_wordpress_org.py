"""WordPress.org's feed of reviews: stars in words of many languages, and paragraphs that are none of the review."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import pytest

from repmon.errors import SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.wordpress_org import WordPressOrg
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled

PLUGIN = WordPressOrg(slug="tide-tables")
PAGE = reply("wordpress_org_1.xml")


class TestWordPressOrg(Throttled, ConnectorContract):
    connector = WordPressOrg
    settings = {"slug": "tide-tables", "base_url": "{site}"}
    replies = [PAGE]
    content_type = "application/rss+xml; charset=UTF-8"
    broken = PAGE.replace(b"Sat, 08 Mar 2025 18:20:05 +0000", b"soon")
    throttled = reply("wordpress_org_429.html")
    throttled_with = {"content-type": "text/html"}
    waits = None
    forgives = frozenset({"truncated", "wrong encoding"})


def read(page: bytes = PAGE):
    http = Prepared(page)
    return [read_item(PLUGIN, item) for item in guarded_items(PLUGIN, http, "")], http


def test_stars_are_read_in_any_language_and_never_made_up():
    assert [review.rating for review in read()[0]] == [1, 5, None]


def test_the_sites_own_paragraphs_are_no_words_of_the_review():
    reviews, _http = read()
    assert "Replies" not in reviews[0].text
    assert "Rating: 2 stars would be unfair." in reviews[1].text
    assert (reviews[0].title, reviews[2].title) == ("Wrong moon", "No stars in sight")


def test_a_theme_has_its_own_address():
    http = Prepared(reply("wordpress_org_empty.xml"))
    list(guarded_items(WordPressOrg(slug="tide", kind="theme"), http, ""))
    assert http.asked[0][0] == "https://wordpress.org/support/theme/tide/reviews/feed/"
    assert http.notes == [("wordpress_no_reviews", {"slug": "tide"})]


def test_a_feed_with_entities_of_its_own_is_not_read():
    with pytest.raises(SourceChanged):
        read(PAGE.replace(b"<rss ", b'<!DOCTYPE x [<!ENTITY a "b">]><rss ', 1))


def test_stars_may_stand_in_the_title_alone_and_seven_of_them_are_none():
    (titled, seven, bare), fields = read_odd(PLUGIN, reply("wordpress_org_odd.xml"))
    assert (titled.rating, titled.title, titled.author) == (3, "Only in the title", None)
    assert seven.rating is None
    assert (bare.title, bare.text, bare.written_at) == ("", "", None)
    assert fields == []
