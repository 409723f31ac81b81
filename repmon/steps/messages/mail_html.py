"""A message as the HTML part of a mail: everything escaped, nothing fetched, readable in the dark."""

from html import escape

from repmon.steps.messages.layout import Line, Paragraph, Piece, Run, layout

FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
# Mail programs keep inline styles; many drop <style>, so it only adds what the dark needs.
_DARK = (
    "@media (prefers-color-scheme:dark){body,.page{background:#1b1b1a!important;color:#e9e8e4!important}"
    ".card{background:#262624!important;border-color:#3b3a37!important}"
    ".quote{background:#2f2e2b!important;border-color:#d98a5f!important}"
    ".soft{color:#aeaca5!important}a.act{background:#e9e8e4!important;color:#1b1b1a!important}"
    "code{background:#3b3a37!important}}"
)
_PAGE = f"margin:0;padding:0;background:#f4f3ef;color:#22211f;font:16px/1.5 {FONT}"
_CARD = (
    "max-width:568px;margin:0 auto;padding:20px 20px 8px;background:#ffffff;border:1px solid #e2e0da;border-radius:10px"
)
_QUOTE = "margin:6px 0;padding:10px 14px;background:#f7f5f0;border-left:4px solid #b4532a;border-radius:4px"
_ACT = (
    "display:inline-block;padding:12px 20px;background:#22211f;color:#ffffff;border-radius:8px;"
    "text-decoration:none;font-weight:600"
)
_CODE = (
    "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px;background:#efede7;padding:1px 4px;"
    "border-radius:4px"
)


def mail_html(title: str, body: str, desk: str = "", pictures: tuple[str, ...] = ()) -> str:
    """A whole HTML document for a message; `pictures` are the content ids of pictures that go along with the mail.

    Only addresses below `desk` become links.
    """
    paragraphs = layout(body, desk)
    told = "".join(_paragraph(each) for each in paragraphs[:-1])
    shown = "".join(f'<p><img src="cid:{escape(cid)}" alt="" style="max-width:100%"></p>' for cid in pictures)
    end = _end(paragraphs[-1]) if paragraphs else ""
    return page(title, f"{told}{shown}{end}")


def page(title: str, inner: str) -> str:
    """A whole HTML document with our heading, around HTML that is escaped already."""
    heading = f'<h1 style="margin:0 0 14px;font-size:20px;line-height:1.3">{escape(title)}</h1>'
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{escape(title)}</title><style>{_DARK}</style></head>"
        f'<body style="{_PAGE}"><div class="page" style="padding:16px 12px;background:#f4f3ef">'
        f'<div class="card" style="{_CARD}">{heading}{inner}</div></div></body></html>\n'
    )


def button(url: str, words: str) -> str:
    """A link of ours to act by."""
    return f'<div style="margin:0 0 14px"><a class="act" href="{escape(url)}" style="{_ACT}">{escape(words)}</a></div>'


def quote(words: str) -> str:
    """A stranger's words, escaped here."""
    return f'<blockquote class="quote" style="{_QUOTE};overflow-wrap:anywhere">{escape(words)}</blockquote>'


def _paragraph(pieces: Paragraph) -> str:
    return f'<div style="margin:0 0 16px">{"".join(_piece(piece) for piece in pieces)}</div>'


def _end(pieces: Paragraph) -> str:
    """The last paragraph says where to act and bears the reference: a button, and small print."""
    lines = [line for piece in pieces if not piece.quote for line in piece.lines]
    if any(piece.quote for piece in pieces):
        return _paragraph(pieces)
    shown = "".join(_act(line) for line in lines[:-1]) + "".join(_small(line) for line in lines[-1:])
    return f'<div style="margin:20px 0 12px">{shown}</div>'


def _act(line: Line) -> str:
    if len(line) == 1 and line[0].url:
        return button(line[0].url, line[0].text)
    return f'<div style="margin:0 0 14px">{_line(line)}</div>'


def _small(line: Line) -> str:
    return f'<div class="soft" style="color:#6b6862;font-size:13px;margin:0 0 4px">{_line(line)}</div>'


def _piece(piece: Piece) -> str:
    lines = "<br>".join(_line(line) for line in piece.lines)
    if piece.quote:
        return f'<blockquote class="quote" style="{_QUOTE};overflow-wrap:anywhere">{lines}</blockquote>'
    return f'<div style="overflow-wrap:anywhere">{lines}</div>'


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    words = escape(run.text)
    if run.url:
        return f'<a href="{escape(run.url)}" style="color:inherit">{words}</a>'
    if run.style == "code":
        return f'<code style="{_CODE}">{words}</code>'
    return f"<strong>{words}</strong>" if run.style == "strong" else words
