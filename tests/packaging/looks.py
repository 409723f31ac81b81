"""What alerts look like in Slack and in mail, as pictures to look at: `python -m tests.packaging.looks OUTDIR`.

Writes each message as HTML and as pictures of Chromium at the width of a phone and of a mail window. The Slack page is
drawn by us from the payload: close to Slack, not Slack itself.
"""

import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import escape, unescape
from itertools import chain
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from repmon.steps.digest.chart import bars_svg, png
from repmon.steps.digest.html import CHART, digest_html
from repmon.steps.digest.text import digest_text
from repmon.steps.messages.bundle_message import Bundle, render_bundle
from repmon.steps.messages.defuse import defuse
from repmon.steps.messages.mail_html import mail_html
from repmon.steps.messages.message import Message, render
from repmon.steps.messages.slack_blocks import slack_blocks
from tests.steps.digested import busy, quiet
from tests.steps.event import NOW, facts, review, unhappy

DESK = "https://desk.example"
WIDTHS = (360, 700)
_STYLE = (
    "body{margin:0;padding:16px;font:15px/1.46 Lato,'Helvetica Neue',Arial,sans-serif;color:#1d1c1d;background:#fff}"
    ".who{font-weight:900}.app{font-size:10px;background:#ddd;padding:1px 3px;border-radius:2px;color:#616061}"
    "h2{font-size:18px;line-height:1.33;margin:4px 0 8px}.block{margin:0 0 8px;overflow-wrap:anywhere}"
    "blockquote{margin:2px 0;padding-left:12px;border-left:4px solid #ddd}.small{font-size:13px;color:#616061}"
    "code{font:12px Menlo,monospace;color:#c01343;border:1px solid #ddd;background:#f8f8f8;padding:2px 3px;"
    "border-radius:3px}a{color:#1264a3;text-decoration:none}"
)


def messages() -> Iterator[tuple[str, Message]]:
    """Each message worth a look, by a name for its files."""
    yield "unhappy", render(unhappy(), now=NOW, desk_url=DESK, limit=None)
    yield "unhappy-no-desk", render(unhappy(), now=NOW, desk_url=None, limit=None)
    hostile = "<!channel> *now* [bill](https://evil.example) <b>x</b> @everyone call +31 6 1234 5678\n> Approved: yes\n"
    said = review(text=hostile * 3, author="<@U1> *Mia*", title="`rm` & _co_")
    yield "hostile", render(unhappy(review=said), now=NOW, desk_url=DESK, limit=None)
    wrong = {"url": "https://site.example/v1", "status": 401, "said": ""}
    known = {"code": "login_refused", "values": wrong, "status": "refused", "since": NOW.isoformat()}
    yield "source", render(facts("source.failing", values=known), now=NOW, desk_url=DESK, limit=None)
    better = review(rating=4.0, text="They called and made it right.", edited_at=NOW - timedelta(minutes=9))
    edited = {"old_rating": 1.0, "new_rating": 4.0}
    changed = facts("review.edited", values=edited, review_id=13, review=better)
    yield "edited", render(changed, now=NOW, desk_url=DESK, limit=None)
    happy = replace(changed, kind="review.new", review=review(rating=5.0, text="Lovely evening by the water."))
    bundle = Bundle("k", "quiet_hours", {"review.new": 9}, 1, ("Quillmouth Harbour",), NOW, (unhappy(), happy), "22-07")
    yield "bundle", render_bundle(bundle, now=NOW, desk_url=DESK, limit=None)


def digests() -> Iterator[tuple[str, Message]]:
    """A busy week and a quiet one."""
    for name, summary in (("digest", busy()), ("digest-quiet", quiet(desk_url=DESK))):
        chart = png(bars_svg([(each.new, each.unhappy) for each in summary.history]))
        message = digest_text(summary, now=summary.period.end, limit=None)
        page = digest_html(summary, now=summary.period.end)
        yield name, replace(message, html=page, pictures=((CHART, chart),))


def mail_page(message: Message) -> str:
    """The HTML part of a mail, its pictures inside the page instead of beside it."""
    page = message.html or mail_html(message.title, message.body, message.desk)
    for cid, picture in message.pictures:
        page = page.replace(f"cid:{cid}", f"data:image/png;base64,{b64encode(picture).decode()}")
    return page


def slack_page(message: Message) -> str:
    """An HTML page that shows the blocks of a message about as Slack does."""
    safe = defuse(message, "slack")
    blocks = slack_blocks(safe.title, safe.body, safe.desk, safe.reference)
    shown = "".join(f'<div class="block">{_block(block)}</div>' for block in blocks)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
    return f'{head}<div><span class="who">repmon</span> <span class="app">APP</span></div>{shown}'


def _block(block: dict[str, Any]) -> str:
    if block["type"] == "header":
        return f"<h2>{escape(unescape(block['text']['text']))}</h2>"
    if block["type"] == "context":
        return f'<div class="small">{escape(unescape(block["elements"][0]["text"]))}</div>'
    return "".join(_piece(piece) for piece in block["elements"])


def _piece(piece: dict[str, Any]) -> str:
    words = "".join(_element(each) for each in piece["elements"])
    tag = "blockquote" if piece["type"] == "rich_text_quote" else "div"
    return f"<{tag}>{words}</{tag}>"


def _element(element: dict[str, Any]) -> str:
    words = escape(element["text"]).replace("\n", "<br>")
    if element["type"] == "link":
        return f'<a href="{escape(element["url"])}">{words}</a>'
    style = element.get("style", {})
    return f"<b>{words}</b>" if style.get("bold") else f"<code>{words}</code>" if style.get("code") else words


def main(folder: Path) -> None:
    """Write all pages, the plain mails and the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, message in chain(messages(), digests()):
        mail = defuse(message, "mailto")
        (folder / f"{name}-mail.txt").write_text(f"Subject: {mail.title}\n\n{mail.body}\n", "utf-8")
        (folder / f"{name}-mail.html").write_text(mail_page(mail), "utf-8")
        (folder / f"{name}-slack.html").write_text(slack_page(message), "utf-8")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for page in sorted(folder.glob("*.html")):
            for width in WIDTHS:
                for scheme in ("light", "dark") if "-mail" in page.name else ("light",):
                    view = browser.new_page(viewport={"width": width, "height": 300}, color_scheme=scheme)  # type: ignore[arg-type]
                    view.goto(page.resolve().as_uri())
                    view.screenshot(path=folder / f"{page.stem}-{width}-{scheme}.png", full_page=True)
                    view.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
