"""A message in Slack's own form: Block Kit, in which nothing is read as markup.

Slack's `rich_text` shows the characters of a text element as they are: no `<!channel>`, no `*bold*`, no link that was
not declared as one (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). So a stranger's words cannot
come to life there, whatever they are.
"""

from html import escape

from repmon.steps.messages.layout import Line, Paragraph, Piece, layout
from repmon.steps.plain import cut

Block = dict[str, object]

TITLE_MOST = 150
"""Characters of a header (https://docs.slack.dev/reference/block-kit/blocks/header-block)."""
_MOST_PARAGRAPHS = 45
"""With header, rest and small print below the 50 blocks that a message may have."""
_SHARP = {"&": 5, "<": 4, ">": 4}
"""Characters that become longer when they are escaped, and how long."""


def slack_blocks(title: str, body: str, desk: str = "", reference: str = "") -> list[Block]:
    """Blocks for a message that `defuse` has made safe; only addresses below `desk` become links.

    A last line that ends in the reference becomes small print.
    """
    text, _, last = body.rpartition("\n")
    small = last if reference and last.endswith(reference) else ""
    paragraphs = layout(text.rstrip("\n") if small else body, desk)
    told, rest = paragraphs[:_MOST_PARAGRAPHS], paragraphs[_MOST_PARAGRAPHS:]
    blocks: list[Block] = [_header(title)] if title else []
    blocks += [_rich(paragraph) for paragraph in told]
    blocks += [_rich(tuple(piece for paragraph in rest for piece in paragraph))] if rest else []
    return [*blocks, _small(small)] if small else blocks


def slack_title(title: str) -> str:
    """The title for a notification: escaped, since Slack reads this text as markup when it has to show it."""
    return escape(title, quote=False)


def _header(title: str) -> Block:
    longer = sum(_SHARP.get(letter, 1) - 1 for letter in title)
    shown = escape(cut(title, max(1, TITLE_MOST - longer)), quote=False)
    return {"type": "header", "text": {"type": "plain_text", "text": shown, "emoji": False}}


def _small(line: str) -> Block:
    return {"type": "context", "elements": [{"type": "plain_text", "text": escape(line, quote=False)}]}


def _rich(pieces: Paragraph) -> Block:
    return {"type": "rich_text", "elements": [_piece(piece) for piece in pieces]}


def _piece(piece: Piece) -> Block:
    kind = "rich_text_quote" if piece.quote else "rich_text_section"
    elements: list[Block] = []
    for at, line in enumerate(piece.lines):
        elements += [*_elements(line), *([] if at == len(piece.lines) - 1 else [_text("\n")])]
    return {"type": kind, "elements": elements or [_text("\n")]}


def _elements(line: Line) -> list[Block]:
    shown: list[Block] = []
    for run in line:
        if not run.text:
            continue
        if run.url:
            shown.append({"type": "link", "url": run.url, "text": run.text})
        elif run.style == "plain":
            shown.append(_text(run.text))
        else:
            shown.append({**_text(run.text), "style": {"bold" if run.style == "strong" else "code": True}})
    return shown


def _text(words: str) -> Block:
    return {"type": "text", "text": words}
