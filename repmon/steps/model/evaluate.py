"""How often a reading of reviews is right: accuracy, macro-F1, the negatives found, and false alarms by language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repmon.review import UNHAPPY_STARS

_HAPPY_STARS = 4.0
_NEGATIVE, _UNTOLD = "negative", "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judged review: whether it truly is negative, and whether it was called so."""

    language: str
    negative: bool
    called: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares are 0..1, None where there was nothing to take a share of.

    `macro_f1` is the mean F1 of the two classes, a class that is neither there nor called left out;
    `false_alarm_rate` the share of reviews that are not negative and were called so.
    """

    n: int
    accuracy: float | None
    macro_f1: float | None
    negative_recall: float | None
    negative_precision: float | None
    false_alarm_rate: float | None


def held_for(stars: float | None, label: str | None) -> bool | None:
    """Whether a review is negative by what people said of it: a label wins, else 1-2 stars are and 4-5 are not.

    None where they do not tell: three stars, the label `unknown`, neither of both.
    """
    if label is not None:
        return None if label == _UNTOLD else label == _NEGATIVE
    if stars is None or UNHAPPY_STARS < stars < _HAPPY_STARS:
        return None
    return stars <= UNHAPPY_STARS


def figures(verdicts: Iterable[Verdict]) -> Figures:
    """Count what was right."""
    counts = {(negative, called): 0 for negative in (True, False) for called in (True, False)}
    for verdict in verdicts:
        counts[verdict.negative, verdict.called] += 1
    return figures_of(counts[True, True], counts[False, True], counts[True, False], counts[False, False])


def figures_of(hits: int, alarms: int, missed: int, rest: int) -> Figures:
    """The same from the four counts: negatives found, others called negative, negatives missed, others left alone."""
    n = hits + alarms + missed + rest
    each = [f1 for f1 in (_f1(hits, alarms + missed), _f1(rest, alarms + missed)) if f1 is not None]
    return Figures(
        n=n, accuracy=_share(hits + rest, n), macro_f1=sum(each) / len(each) if each else None,
        negative_recall=_share(hits, hits + missed), negative_precision=_share(hits, hits + alarms),
        false_alarm_rate=_share(alarms, alarms + rest),
    )  # fmt: skip


def by_language(verdicts: Iterable[Verdict]) -> Mapping[str, Figures]:
    """The figures of each language, the most frequent first."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault(verdict.language, []).append(verdict)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return {language: figures(group) for language, group in ordered}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(right: int, wrong: int) -> float | None:
    return _share(2 * right, 2 * right + wrong)
