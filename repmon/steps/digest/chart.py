"""Bars as a small picture for a mail: shapes only, since there may be no font to draw words with."""

from collections.abc import Iterator, Sequence

WIDTH, HEIGHT = 568, 96
"""In points; the picture has twice as many pixels each way, for sharp screens."""
_ALL, _UNHAPPY = "#8b98a3", "#d0652f"
"""Readable on white and on black alike: the picture has no background of its own."""
_GAP = 0.3
_STUB = 2.0
_ROUND = 3


def bars_svg(bars: Sequence[tuple[int, int]]) -> str:
    """An SVG of one bar each for (all, unhappy of them), the last one strongest; the tallest fills the height."""
    most = max((whole for whole, _ in bars), default=0) or 1
    shapes = "".join(_bar(at, *bar, most, len(bars)) for at, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'{shapes}<rect y="{HEIGHT - 1}" width="{WIDTH}" height="1" fill="{_ALL}"/></svg>'
    )


def png(svg: str) -> bytes:
    """The picture as PNG, transparent where nothing is drawn."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - 5 MB that only a digest by mail needs

    return bytes(svg_to_bytes(svg_string=svg, zoom=2, skip_system_fonts=True))


def _bar(at: int, whole: int, unhappy: int, most: int, number: int) -> str:
    slot = WIDTH / number
    x, width = (at + _GAP / 2) * slot, (1 - _GAP) * slot
    strength = 1 if at == number - 1 else 0.6
    return "".join(
        f'<rect x="{x:.1f}" y="{HEIGHT - height:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{_ROUND}"'
        f' fill="{colour}" fill-opacity="{strength}"/>'
        for height, colour in _heights(whole, unhappy, most)
    )


def _heights(whole: int, unhappy: int, most: int) -> Iterator[tuple[float, str]]:
    yield max(_STUB, whole / most * HEIGHT), _ALL
    if unhappy:
        yield max(_STUB, unhappy / most * HEIGHT), _UNHAPPY
