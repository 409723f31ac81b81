"""A digest as the page of a mail: everything escaped, nothing fetched, inline styles, and a chart without words."""

import re
import struct
from html.parser import HTMLParser

import pytest

from repmon.steps.alerting.facts import Sample
from repmon.steps.digest import Urgent
from repmon.steps.digest.chart import HEIGHT, WIDTH, bars_svg, png
from repmon.steps.digest.html import digest_html
from tests.steps.digested import NOW, busy, quiet
from tests.steps.event import review

VOID = {"meta", "img", "br"}


class Page(HTMLParser):
    """Reads a page, sees that every element is closed, and keeps its words and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self.addresses += [value for name, value in attrs if name in {"href", "src"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data.strip())


def test_the_page_has_every_figure_of_the_text():
    words = Page(digest_html(busy(), now=NOW)).words
    for each in ("12", "3", "4.2", "before 9", "less than 4 hours", "Waiting for an answer: 4", "Drafts to look at: 2",
                 "Answered within 24 h: 5 of 6 unhappy reviews (83 %)", "Incidents: 1 began, 1 not over yet",
                 "complaint “cold soup”: 5 (usually 0.5 a week)", "Competitors: noodle-bar 4.0 (6 new); you 4.2",
                 "map cannot be read since Friday: no answer", "2 Mar", "Open the desk"):  # fmt: skip
        assert each in words


def test_nothing_is_fetched_and_only_our_desk_is_linked():
    page = Page(digest_html(busy(), now=NOW))
    assert [each for each in page.addresses if not each.startswith("https://desk.example/")] == ["cid:chart"]
    assert page.tags.isdisjoint({"script", "link", "iframe", "form"})
    assert not re.search(r"url\(|@import|@font-face", digest_html(busy(), now=NOW))


def test_the_picture_is_told_to_those_who_do_not_see_it():
    alt = dict(Page(digest_html(busy(), now=NOW)).attributes)["alt"]
    assert alt.endswith("23 Feb: 9, 1 unhappy; 2 Mar: 12, 3 unhappy")


def test_what_a_stranger_wrote_is_escaped():
    said = review(text='<img src="https://evil.example/x.png"><script>alert(1)</script> "quoted" & more', source="<i>s")
    page = Page(digest_html(busy(urgent=(Urgent(Sample(1, said), NOW),), place="<b>Aurora</b>"), now=NOW))
    assert page.tags.isdisjoint({"script", "i"})
    assert any("<script>alert(1)</script>" in words for words in page.words)
    assert not any("evil.example" in each for each in page.addresses)


def test_a_quiet_week_is_a_short_page_without_a_picture():
    html = digest_html(quiet(), now=NOW)
    assert Page(html).addresses == []
    assert "A quiet week" in html
    assert len(html) < len(digest_html(busy(), now=NOW)) / 2


def test_without_a_desk_the_commands_are_named():
    page = Page(digest_html(busy(desk_url=""), now=NOW))
    assert page.addresses == ["cid:chart"]
    assert any("repmon show 12" in words for words in page.words)


def test_the_picture_is_a_png_of_twice_the_size():
    picture = png(bars_svg([(each.new, each.unhappy) for each in busy().history]))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (2 * WIDTH, 2 * HEIGHT)
    assert len(picture) < 20_000


@pytest.mark.parametrize("bars", [[(0, 0)] * 8, [(0, 0)] * 7 + [(100_000, 99_999)], [(1, 1)] * 8])
def test_bars_stay_within_the_picture(bars):
    svg = bars_svg(bars)
    assert "text" not in svg
    for y, height in re.findall(r' y="([\d.-]+)"[^>]* height="([\d.]+)"', svg):
        assert float(y) >= 0
        assert float(y) + float(height) <= HEIGHT
    assert png(svg)
