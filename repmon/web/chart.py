"""Small charts as SVG in the page: shapes and classes, no style or script; told in words for who cannot see them.

A drawing is as wide as it has weeks; CSS gives it its size and its colours, light and dark.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

STEP, HEIGHT, STARS_HEIGHT = 20, 64, 48
_GAP = 0.25
_STUB = 1.5
_ROUND = 2
_LOWEST, _HIGHEST = 1.0, 5.0
_PAD = 5


def bars(bars: Sequence[tuple[int, int]], *, name: str, title: str, words: str) -> Markup:
    """A bar a week for (all, unhappy of them); the tallest fills the height. `name` is unique on the page."""
    most = max((whole for whole, _ in bars), default=0) or 1
    shapes = Markup("").join(_bar(at, *bar, most) for at, bar in enumerate(bars))
    ground = Markup('<rect class="ground" x="0" y="{}" width="{}" height="1"/>').format(HEIGHT - 1, len(bars) * STEP)
    return _svg(shapes + ground, len(bars), HEIGHT, name=name, title=title, words=words)


def lines(
    own: Sequence[float | None], rival: Sequence[float | None], *, name: str, title: str, words: str
) -> Markup:  # fmt: skip
    """Mean stars a week as lines from 1 (bottom) to 5 (top), a gap where there were none; the rival's is dashed."""
    shapes = Markup("").join([
        Markup('<rect class="grid" x="0" y="{:.1f}" width="{}" height="1"/>').format(_y(stars), len(own) * STEP)
        for stars in (_LOWEST, 3.0, _HIGHEST)
    ])  # fmt: skip
    shapes += Markup("").join([*_drawn(rival, "rival"), *_drawn(own, "own")])
    return _svg(shapes, len(own), STARS_HEIGHT, name=name, title=title, words=words)


def _svg(shapes: Markup, weeks: int, height: int, *, name: str, title: str, words: str) -> Markup:
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{name}-t {name}-d" viewBox="0 0 {width} {height}"'
        ' preserveAspectRatio="none">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{words}</desc>{shapes}</svg>'
    ).format(name=name, title=title, words=words, width=weeks * STEP, height=height, shapes=shapes)


def _bar(at: int, whole: int, unhappy: int, most: int) -> Markup:
    x, width = (at + _GAP / 2) * STEP, (1 - _GAP) * STEP
    one = Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{}"/>')
    heights = [("all", whole)] * bool(whole) + [("unhappy", unhappy)] * bool(unhappy)
    drawn = [(kind, max(_STUB, number / most * (HEIGHT - 1))) for kind, number in heights]
    return Markup("").join(one.format(kind, x, HEIGHT - 1 - tall, width, tall, _ROUND) for kind, tall in drawn)


def _drawn(weeks: Sequence[float | None], kind: str) -> Iterator[Markup]:
    """Runs of neighbouring weeks as lines; a week alone as a dot."""
    for run in _runs(weeks):
        if len(run) == 1:
            yield Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="2.5"/>').format(f"{kind} dot", *run[0])
        else:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            yield Markup('<polyline class="{}" points="{}"/>').format(kind, points)


def _runs(weeks: Sequence[float | None]) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for at, stars in enumerate([*weeks, None]):
        if stars is not None:
            run.append(((at + 0.5) * STEP, _y(stars)))
        elif run:
            yield run
            run = []


def _y(stars: float) -> float:
    share = (min(max(stars, _LOWEST), _HIGHEST) - _LOWEST) / (_HIGHEST - _LOWEST)
    return STARS_HEIGHT - _PAD - share * (STARS_HEIGHT - 2 * _PAD)
