"""A digest as the page of a mail: figures, a chart whose words stand beside it, what waits; inline styles only."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from html import escape

from repmon.steps.digest import Figures, Summary, Urgent
from repmon.steps.digest.chart import WIDTH
from repmon.steps.digest.text import act_line, review_page, urgent_heading
from repmon.steps.digest.words import (
    ages_lines,
    answers_line,
    day_of,
    incidents_line,
    mean_of,
    move_lines,
    place_lines,
    quiet_line,
    reading_lines,
    rising_lines,
    rivals_line,
    span_of,
    title_of,
    won_back_line,
)
from repmon.steps.messages.excerpt import snippet
from repmon.steps.messages.mail_html import button, page, quote
from repmon.steps.messages.reference import reference_of
from repmon.steps.messages.review_message import said_in
from repmon.wording import say

CHART = "chart"
"""The content id of the picture."""
_PHRASES, _PLACES, _WORDS = 5, 40, 300
_SMALL = "color:#6b6862;font-size:13px"
_CELL = "padding:0;text-align:center;vertical-align:top;line-height:1.35"
_LINE = "border-top:1px solid #a8a59c"


def digest_html(summary: Summary, *, now: datetime, chart: str = f"cid:{CHART}") -> str:
    """The whole document; `chart` is the address of the picture, which lies in the mail itself."""
    told = (_quiet if summary.quiet else _busy)(summary, now, chart)
    return page(title_of(summary), "".join((_small(span_of(summary)), *told, *_end(summary))))


def _quiet(summary: Summary, _now: datetime, _chart: str) -> Iterator[str]:
    yield _paragraph(quiet_line(summary))
    yield from _notes(rivals_line(summary, _PHRASES), *reading_lines(summary))


def _busy(summary: Summary, now: datetime, chart: str) -> Iterator[str]:
    yield _tiles(summary)
    yield _chart(summary, chart)
    yield from _waiting(summary)
    yield from (_urgent(summary, number, one, now) for number, one in enumerate(summary.urgent, start=1))
    yield _listed("digest_rising", rising_lines(summary, _PHRASES))
    yield _listed("digest_moves", move_lines(summary, _PHRASES))
    yield _listed("digest_places", place_lines(summary, _PLACES))
    yield from _notes(incidents_line(summary), rivals_line(summary, _PHRASES), *reading_lines(summary))


def _tiles(summary: Summary) -> str:
    """The four figures, each with that of the period before."""
    now, before = summary.now, summary.before
    figures = (
        ("digest_head_new", str(now.new), str(before.new)),
        ("digest_head_unhappy", str(now.unhappy), str(before.unhappy)),
        ("digest_head_stars", mean_of(now) if now.rated else "–", mean_of(before) if before.rated else ""),  # noqa: RUF001 - a dash
        ("digest_head_waiting", str(summary.ages.total), ""),
    )
    return _table("".join(f'<td style="{_CELL};width:25%">{_tile(*each)}</td>' for each in figures))


def _tile(head: str, figure: str, before: str) -> str:
    was = escape(say("digest_figure_before", {"before": before})) if before else "&nbsp;"
    return (
        f'<div class="soft" style="{_SMALL}">{escape(say(head))}</div>'
        f'<div style="font-size:26px;font-weight:700;line-height:1.3">{escape(figure)}</div>'
        f'<div class="soft" style="{_SMALL}">{was}</div>'
    )


def _chart(summary: Summary, address: str) -> str:
    """The bars, and below each its date, how many reviews, and their mean stars."""
    days = [day_of(date.fromisoformat(start)) for start in summary.starts]
    cells = "".join(_bar_words(day, each) for day, each in zip(days, summary.history, strict=True))
    title = say("digest_chart_week" if summary.weekly else "digest_chart_day")
    alt = f"{title}: {'; '.join(_bar_alone(day, each) for day, each in zip(days, summary.history, strict=True))}"
    return (
        f'<div style="margin:22px 0 6px;font-weight:600">{escape(title)}</div>'
        f'<img src="{escape(address)}" alt="{escape(alt)}" width="{WIDTH}" '
        'style="display:block;width:100%;height:auto;border:0">'
        f"{_table(cells)}{_small(say('digest_chart_legend'))}"
    )


def _bar_words(day: str, figures: Figures) -> str:
    mean = "" if figures.mean is None else f"{figures.mean:.1f}"
    date_below = f'<span style="font-size:11px;white-space:nowrap">{escape(day)}</span>'
    return f'<td class="soft" style="{_CELL};{_SMALL};width:12.5%"><b>{figures.new}</b><br>{mean}<br>{date_below}</td>'


def _bar_alone(day: str, figures: Figures) -> str:
    return say("digest_chart_bar", {"date": day, "new": figures.new, "unhappy": figures.unhappy})


def _waiting(summary: Summary) -> Iterator[str]:
    total = summary.ages.total
    yield _heading(say("digest_waiting" if total else "digest_waiting_none", {"n": total}))
    if total:
        rows = (say(code, {"n": number}).rpartition(": ") for code, number in ages_lines(summary))
        yield _rows([(name, figure) for name, _, figure in rows])
    drafts = say("digest_drafts", {"n": summary.drafts}) if summary.drafts else ""
    assigned = say("digest_assigned", {"n": summary.assigned}) if summary.assigned else ""
    yield from _notes(drafts, assigned, answers_line(summary), won_back_line(summary))


def _urgent(summary: Summary, number: int, one: Urgent, now: datetime) -> str:
    said = snippet(said_in(one.sample.review), _WORDS) if summary.mask else one.sample.review.text
    act = say("incident_sample_command", {"review": one.sample.id}).replace("`", "")
    shown = _link(review_page(summary, one.sample.id), say("digest_button")) if summary.desk_url else _small(act)
    heading = urgent_heading(number, one, now)
    above = _heading(say("digest_urgent")) if number == 1 else ""
    return f'{above}<div style="margin:10px 0 4px;font-weight:600">{escape(heading)}</div>{_quoted(said)}{shown}'


def _link(url: str, words: str) -> str:
    link = f'<a href="{escape(url)}" style="color:inherit;font-weight:600">{escape(words)}</a>'
    return f'<div style="margin:0 0 14px">{link}</div>'


def _quoted(words: str) -> str:
    return quote(f"“{words}”") if words else ""


def _listed(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f'<li style="margin:0 0 4px">{escape(line)}</li>' for line in lines)
    return f'{_heading(say(heading))}<ul style="margin:0 0 12px;padding:0 0 0 20px">{items}</ul>'


def _rows(pairs: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<tr><td style="padding:5px 0;{_LINE}">{escape(name)}</td>'
        f'<td style="padding:5px 0;{_LINE};text-align:right;font-weight:600">{escape(figure)}</td></tr>'
        for name, figure in pairs
    )
    return f'<table role="presentation" style="width:100%;border-collapse:collapse;margin:0 0 12px">{rows}</table>'


def _table(cells: str) -> str:
    style = "width:100%;border-collapse:collapse;table-layout:fixed"
    return f'<table role="presentation" style="{style}"><tr>{cells}</tr></table>'


def _notes(*lines: str) -> Iterator[str]:
    yield from (_paragraph(line) for line in lines if line)


def _end(summary: Summary) -> Iterator[str]:
    if summary.desk_url:
        yield button(f"{summary.desk_url.rstrip('/')}/", say("digest_button_all"))
    else:
        yield _small(act_line(summary).replace("`", ""))
    yield _small(say("reference", {"reference": reference_of(summary.key)}))


def _heading(words: str) -> str:
    return f'<div style="margin:22px 0 6px;font-weight:600">{escape(words)}</div>'


def _paragraph(words: str) -> str:
    return f'<div style="margin:0 0 8px;overflow-wrap:anywhere">{escape(words)}</div>'


def _small(words: str) -> str:
    return f'<div class="soft" style="margin:0 0 12px;{_SMALL}">{escape(words)}</div>'
