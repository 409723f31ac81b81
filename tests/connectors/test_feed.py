"""Feeds: ids, links, dates, and everything a damaged or hostile feed may be."""
# ruff: noqa: RUF012 - written as the tutorial shows it

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.errors import SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon_connectors._feed import LARGEST
from repmon_connectors.feed import MOST_ENTRIES, Feed
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

FEED = Feed(url="https://feeds.example/secret/1")


class TestBusyFeed(Throttled):
    connector = Feed
    settings = {"url": "{site}/alerts/feeds/000/111"}
    replies = [reply("alerts.xml")]
    throttled = reply("feed_429.html")
    throttled_with = {"retry-after": "7200", "content-type": "text/html"}


def read(body: bytes, content_type: str = ""):
    http = Prepared(body, headers={"content-type": content_type})
    return [read_item(FEED, item) for item in guarded_items(FEED, http, "")], http


def rss(*items: str, head: str = '<?xml version="1.0"?>') -> bytes:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><link>https://blog.example/</link>{listed}</channel></rss>'.encode()


def test_an_alert_in_our_words():
    first, second, third = read(reply("alerts.xml"))[0]
    assert first.id == "tag:alerts.example,2025:feed:3"
    assert first.url == "https://blog.example/aurora?page=2"
    assert (first.kind, first.rating, first.author) == ("mention", None, None)
    assert first.written_at == datetime(2025, 3, 8, 14, 26, 15, tzinfo=UTC)
    assert first.edited_at == datetime(2025, 3, 8, 15, 0, tzinfo=UTC)
    assert (second.author, second.edited_at) == ("R. Daal", None)
    assert (third.url, third.written_at) == (None, None)


def test_one_article_under_two_alert_ids_is_the_older_one():
    link = "<link>https://www.google.com/url?url=https://news.example/a</link>"
    assert [review.id for review in read(rss(f"<guid>new</guid>{link}", f"<guid>old</guid>{link}"))[0]] == ["old"]


def test_a_guid_shared_by_entries_gives_way_to_their_links():
    both = [f"<guid isPermaLink='false'>x</guid><link>https://blog.example/{n}</link>" for n in (1, 2)]
    assert [review.id for review in read(rss(*both))[0]] == ["https://blog.example/1", "https://blog.example/2"]


def test_without_guid_and_link_the_words_are_the_id_and_stay_it():
    items = ["<title>One</title>", "<title>Two</title>"]
    forwards = [review.id for review in read(rss(*items))[0]]
    backwards = [review.id for review in read(rss(*reversed(items)))[0]]
    assert len(set(forwards)) == 2
    assert forwards == backwards[::-1]


def test_a_relative_link_is_taken_from_the_home_page_and_not_from_the_secret_address():
    assert read(rss("<guid>1</guid><link>/post/1</link>"))[0][0].url == "https://blog.example/post/1"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_links_that_are_no_web_addresses_are_dropped(link: str):
    assert read(rss(f"<guid>1</guid><link>{link}</link>"))[0][0].url is None


def test_an_odd_zone_is_understood_and_a_date_that_is_none_is_no_date():
    reviews, _http = read(rss("<guid>1</guid><pubDate>Mon, 03 Mar 2025 10:00:00 EST</pubDate>",
                              "<guid>2</guid><pubDate>last spring</pubDate>"))  # fmt: skip
    assert [review.written_at for review in reviews] == [datetime(2025, 3, 3, 15, 0, tzinfo=UTC), None]


def test_the_full_text_is_preferred_to_the_summary():
    body = rss("<guid>1</guid><description>short</description><content:encoded>long</content:encoded>")
    body = body.replace(b"<rss ", b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')
    assert read(body)[0][0].text == "long"


def test_a_feed_cut_off_in_the_middle_gives_what_can_be_read_and_a_note():
    whole = reply("alerts.xml")
    reviews, http = read(whole[: len(whole) * 2 // 3])
    assert reviews
    assert http.notes == [("feed_damaged", {})]


def test_the_charset_of_the_answer_counts_where_the_feed_names_none():
    body = rss("<guid>1</guid><title>Crème brûlée</title>", head="").decode().encode("iso-8859-1")
    assert read(body, "text/xml; charset=iso-8859-1")[0][0].title == "Crème brûlée"


def test_a_feed_in_utf_8_is_read_as_such_whatever_the_answer_claims():
    body = rss("<guid>1</guid><title>Crème brûlée</title>", head='<?xml version="1.0" encoding="utf-8"?>')
    assert read(body, "text/html; charset=iso-8859-1")[0][0].title == "Crème brûlée"


@pytest.mark.parametrize("body", [b"<!doctype html><title>Sign in</title><p>x", b"{}", b"hello", b"\x00\xff" * 50])
def test_an_answer_that_is_no_feed_is_not_an_empty_one(body: bytes):
    with pytest.raises(SourceChanged, match="no RSS or Atom"):
        read(body)


def test_an_empty_feed_is_noted():
    assert read(rss())[1].notes == [("feed_empty", {})]


def test_entities_of_its_own_are_refused_wherever_they_hide():
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    body = rss("<title>&b;</title>", head=bomb)
    for hostile in (body, body.decode().encode("utf-16"), b"<!-- <![CDATA[ -->" + body):
        with pytest.raises(SourceChanged, match="entities"):
            read(hostile)


def test_an_article_about_entities_is_no_bomb():
    assert read(rss("<guid>1</guid><title><![CDATA[What <!ENTITY means]]></title>"))[0]


def test_an_external_entity_reads_no_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary")
    body = rss("<title>&x;</title>", head=f'<!DOCTYPE rss SYSTEM "file://{secret}">')
    assert "canary" not in str(read(body)[0])


def test_the_body_is_never_taken_for_a_path(tmp_path):
    place = tmp_path / "feed.xml"
    place.write_bytes(reply("alerts.xml"))
    with pytest.raises(SourceChanged):
        read(str(place).encode())


@pytest.mark.parametrize("name", ["punycode", "idna", "zlib", "unicode_escape"])
def test_an_encoding_that_is_none_of_text_is_refused(name: str):
    with pytest.raises(SourceChanged, match="encoding"):
        read(rss("<guid>1</guid>", head=f'<?xml version="1.0" encoding="{name}"?>'))


def test_size_and_entries_are_capped():
    with pytest.raises(SourceChanged, match="larger"):
        read(rss() + b" " * LARGEST)
    reviews, http = read(rss(*(f"<guid>{number}</guid>" for number in range(MOST_ENTRIES + 1))))
    assert len(reviews) == MOST_ENTRIES
    assert http.notes[0][0] == "feed_cut"


@pytest.mark.parametrize("url", ["feeds.example/1", "file:///etc/passwd", "/etc/passwd", "https:///nowhere"])
def test_an_address_that_is_none_is_refused_without_being_shown(url: str):
    with pytest.raises(ValidationError) as caught:
        Feed(url=url)
    assert url not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "count", "damaged"),
    [
        ("cdata_rss.atom", 10, False),
        ("github_rss.atom", 20, False),
        ("slickdeals.atom", 79, False),
        ("iso-8859-1.rss", 1, False),
        ("google_alerts_one_entry.xml", 1, False),
        ("fp_encoding_demoronize-1.xml", 1, None),
        ("fp_encoding_bozo_invalid-bytes-with-bom.xml", 0, None),
        ("fp_illformed_chardet_shiftjis.xml", 1, None),
        ("fp_illformed_rss_incomplete_cdata.xml", 1, True),
        ("fp_illformed_rss_item_link_corrupted_ampersands.xml", 1, True),
        ("fp_illformed_undeclared_namespace.xml", 0, True),
        ("fp_wellformed_rss_item_description_escaped_markup.xml", 1, False),
        ("fp_wellformed_rss_item_guid_not_permalink_not_url.xml", 1, False),
        ("fp_wellformed_sanitize_xml_declaration_unexpected_character.xml", 0, False),
    ],
)
def test_recorded_feeds_are_read(name: str, count: int, damaged: bool | None):
    reviews, http = read(payload(f"feeds/{name}"))
    assert len({review.id for review in reviews}) == len(reviews) == count
    if damaged is not None:
        assert (("feed_damaged", {}) in http.notes) is damaged


def test_the_recorded_alert_is_unwrapped():
    (found,) = read(payload("feeds/google_alerts_one_entry.xml"))[0]
    assert found.id == "tag:google.com,2013:googlealerts/feed:12501224780620368192"
    assert found.url == "https://www.theconcordinsider.com/2021/06/04/this-week-in-concord-history-502/"


def test_a_recorded_document_that_is_no_feed_is_not_an_empty_one():
    with pytest.raises(SourceChanged):
        read(payload("feeds/fp_illformed_rss_empty_document.xml"))


def test_a_feed_without_entries_is_noted_and_no_error():
    reviews, http = read(reply("feed_empty.xml"))
    assert (reviews, http.notes) == ([], [("feed_empty", {})])


def test_an_entry_may_lack_its_id_its_date_or_its_title():
    (nameless, untitled), fields = read_odd(FEED, reply("feed_odd.xml"))
    assert (nameless.url, nameless.written_at) == (None, None)
    assert len(nameless.id) >= 16
    assert (untitled.id, untitled.author) == ("9", None)
    assert untitled.url == "https://blog.example/talk/9"
    assert fields == []
