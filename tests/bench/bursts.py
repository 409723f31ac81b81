"""How often the detector of bursts is wrong in a quiet year, and how soon it sees a real one: simulated places.

`python -m tests.bench bursts` prints the table; `docs` quote it. A place gets unhappy and happy reviews by chance alone
(two Poisson streams). Beside each figure stands what Page's CUSUM reaches, which knows the rates before and after the
change and is the fastest test there can be at its rate of false alarms (Moustakides 1986).
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import timedelta
from math import log

from repmon.steps.alerting.bursts import EARLIER, LEAST, USUAL, WINDOWS, Span, burst, usual

DAY = timedelta(days=1)
YEAR = 365.0
BEFORE = (max(WINDOWS) + USUAL + EARLIER) / DAY
REST = 2.0
"""An incident stays open this many days at least, and what opened it opens no other."""
REPLACED, ADDED = "instead of happy ones", "beside the happy ones"
Stream = list[float]


def rows() -> Iterable[tuple[str, str, str, str]]:
    """The two tables: false alarms by rate, then the delay curve."""
    for per_week in (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0):
        for share in (0.1, 0.3):
            years = max(40, round(300 / max(per_week, 1)))
            figure = false_alarms(per_week, share, years, seed=1)
            yield f"{per_week:g} unhappy a week, {share:.0%}: false", f"{figure:.2f} a year", f"{years} years", "<= 1"
    cases = [(5.0, share, manner) for share in (0.2, 0.25, 0.3, 0.33) for manner in (REPLACED, ADDED)]
    for total, share, manner in [*cases, (10.0, 0.3, ADDED), (20.0, 0.25, ADDED)]:
        curve = delay_curve(total, share, manner, 600, seed=2)
        shown = " ".join(f"{curve[days]:.0%}" for days in (3, 7, 10, 14, 21))
        bound = fastest(total, share, manner, seed=3)
        yield f"{total:g} a week, {share:.0%} x3 {manner}", shown, f"CUSUM 10 d {bound:.0%}", "3 7 10 14 21 d"


def false_alarms(per_week: float, share: float, years: int, *, seed: int) -> float:
    """Alarms a quiet year at a place with so many unhappy reviews a week, which are this share of its reviews."""
    rng = random.Random(seed)
    happy = per_week * (1 - share) / share
    return sum(
        len(list(alarms(_stream(rng, per_week, BEFORE + YEAR), _stream(rng, happy, BEFORE + YEAR))))
        for _ in range(years)
    ) / years  # fmt: skip


def delay_curve(total: float, share: float, manner: str, runs: int, *, seed: int) -> dict[int, float]:
    """The share of runs in which a tripled unhappy rate is seen within so many days."""
    rng = random.Random(seed)
    delays = []
    before, after = (total * share, total * (1 - share)), _after(total, share, manner)
    for _ in range(runs):
        unhappy, happy = (
            _stream(rng, old, BEFORE) + _stream(rng, new, 30, BEFORE) for old, new in zip(before, after, strict=True)
        )
        delays.append(next(alarms(unhappy, happy), BEFORE + YEAR) - BEFORE)
    return {days: sum(delay <= days for delay in delays) / runs for days in (3, 7, 10, 14, 21)}


def alarms(unhappy: Stream, happy: Stream) -> Iterator[float]:
    """The moments (days) at which an incident would open, after the time from which the usual is learned."""
    rest_until = since = float("-inf")
    for moment in unhappy[bisect_left(unhappy, BEFORE) :]:
        if moment >= rest_until and burst({w: _held(unhappy, happy, moment, w / DAY, since) for w in WINDOWS}):
            yield moment
            rest_until = since = moment + REST


def _held(unhappy: Stream, happy: Stream, moment: float, window: float, since: float):
    bad = _count(unhappy, max(moment - window, since), moment)
    if bad < LEAST:
        return Span(bad, bad), None
    ends = [moment - window, moment - window - USUAL / DAY, moment - window - (USUAL + EARLIER) / DAY]
    spans = []
    for until, start in ((ends[0], ends[1]), (ends[1], ends[2])):
        sad = _count(unhappy, start, until)
        spans.append(Span(sad + _count(happy, start, until), sad))
    return Span(bad + _count(happy, max(moment - window, since), moment), bad), usual(*spans)


def _count(times: Stream, since: float, until: float) -> int:
    return bisect_right(times, until) - bisect_right(times, since)


def _stream(rng: random.Random, per_week: float, days: float, start: float = 0.0) -> Stream:
    times, at = [], start
    while per_week > 0:
        at += rng.expovariate(per_week / 7)
        if at >= start + days:
            break
        times.append(at)
    return times


def _after(total: float, share: float, manner: str) -> tuple[float, float]:
    more = 3 * total * share
    return more, max(total - more, 0.0) if manner == REPLACED else total * (1 - share)


def fastest(total: float, share: float, manner: str, *, seed: int) -> float:
    """What CUSUM sees within ten days when it may give one false alarm a year."""
    threshold = next(h / 10 for h in range(15, 80) if _cusum_false(total, share, manner, h / 10, seed) <= 1.0)
    rng = random.Random(seed)
    before = (total * share, total * (1 - share))
    runs = 600
    seen = 0
    for _ in range(runs):
        level = _cusum(rng, before, before, _after(total, share, manner), 60.0, threshold=float("inf"))[1]
        after = _after(total, share, manner)
        seen += _cusum(rng, after, before, after, 10.0, threshold=threshold, level=min(level, threshold - 0.01))[0] > 0
    return seen / runs


def _cusum_false(total: float, share: float, manner: str, threshold: float, seed: int) -> float:
    before = (total * share, total * (1 - share))
    years = 60
    return _cusum(random.Random(seed), before, before, _after(total, share, manner), years * YEAR,
                  threshold=threshold)[0] / years  # fmt: skip


def _cusum(
    rng: random.Random, real: tuple[float, float], before: tuple[float, float], after: tuple[float, float],
    days: float, *, threshold: float, level: float = 0.0,
) -> tuple[int, float]:  # fmt: skip
    """How often the sum of log likelihood ratios passes the threshold, and where it ends."""
    steps = [log(max(new, 0.05) / old) for new, old in zip(after, before, strict=True)]
    drift = (sum(after) - sum(before)) / 7
    at, passed = 0.0, 0
    while True:
        wait = rng.expovariate(sum(real) / 7)
        at += wait
        if at > days:
            return passed, max(level - drift * (wait - (at - days)), 0.0)
        level = max(level - drift * wait + steps[0 if rng.random() * sum(real) < real[0] else 1], 0.0)
        if level >= threshold:
            passed, level = passed + 1, 0.0
