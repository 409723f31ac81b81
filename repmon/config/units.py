"""Texts of the configuration that mean a figure: lengths of time, addresses, hours of the day, ranges of stars."""

import re
from datetime import time, timedelta
from ipaddress import ip_address
from math import inf, nextafter

from repmon.errors import DraftError
from repmon.steps.alerting.patterns import PatternError, check_pattern
from repmon.steps.messages.alert_template import check_template

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 365 * 86_400}
LONGEST = timedelta(days=100 * 365)
MOST_STARS = 5.0
HIGHEST_PORT = 65_535

_DURATION = re.compile(r"(?:\d{1,12}\s*[smhdwy]\s*)+", re.ASCII)
_DURATION_PART = re.compile(r"(\d+)\s*([smhdwy])", re.ASCII)
_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.(?!-)[A-Za-z0-9-]{1,63})*", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_STARS = re.compile(r"(?P<sign><=|>=|<|>|=)?\s*(?P<low>\d(?:\.\d+)?)(?:\s*-\s*(?P<high>\d(?:\.\d+)?))?", re.ASCII)


class Wrong(ValueError):
    """A value that cannot be read; `code` and `values` make its sentence. ValueError, so that pydantic collects it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def duration(given: object) -> timedelta:
    """`90s`, `15m`, `2h`, `1d`, `1w`, `2y` (365 days each), also `1h30m`; above zero, at most a hundred years."""
    if isinstance(given, timedelta):
        return given
    if not isinstance(given, str) or not _DURATION.fullmatch(given.strip()):
        raise Wrong("config_duration", given=given)
    seconds = sum(int(number) * SECONDS[unit] for number, unit in _DURATION_PART.findall(given))
    if not 0 < seconds <= LONGEST.total_seconds():
        raise Wrong("config_duration_size", given=given)
    return timedelta(seconds=seconds)


def spell(length: timedelta) -> str:
    """Write a length of time as the configuration would: `15m`, `1d`, `90s`."""
    seconds = int(length.total_seconds())
    whole = (unit for unit in reversed(SECONDS) if seconds % SECONDS[unit] == 0 and seconds >= SECONDS[unit])
    unit = next(whole, "s")
    return f"{seconds // SECONDS[unit]}{unit}"


def address(given: str) -> tuple[str, int]:
    """`host:port` or `[v6]:port`, as (host without brackets, port). Port 0 lets the system choose."""
    host, colon, port = given.rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    host = host[1:-1] if bracketed else host
    if not (colon and port.isascii() and port.isdigit() and int(port[:6]) <= HIGHEST_PORT):
        raise Wrong("config_listen", given=given)
    if not (_is_v6(host) if bracketed else _HOST_NAME.fullmatch(host)):
        raise Wrong("config_listen", given=given)
    return host, int(port)


def clock(given: str) -> time:
    """`08:00`, a time of day."""
    match = _CLOCK.fullmatch(given.strip())
    if match is None:
        raise Wrong("config_clock", given=given)
    return time(int(match[1]), int(match[2]))


def hours(given: str) -> tuple[time, time]:
    """`22:00-07:00` as (from, until); a range may pass midnight but not be empty."""
    match = _HOURS.fullmatch(given.strip())
    if match is None or match.group(1, 2) == match.group(3, 4):
        raise Wrong("config_hours", given=given)
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    return time(start_hour, start_minute), time(end_hour, end_minute)


def stars(given: str) -> tuple[float, float]:
    """`<=2`, `<3`, `4`, `1-3`, `>=4` as (lowest, highest), both included; 0 to 5."""
    match = _STARS.fullmatch(given.strip())
    if match is None or (match["sign"] and match["high"]):
        raise Wrong("config_stars", given=given)
    low = float(match["low"])
    bounds = {
        "<": (0.0, nextafter(low, -inf)),
        "<=": (0.0, low),
        ">": (nextafter(low, inf), MOST_STARS),
        ">=": (low, MOST_STARS),
    }.get(match["sign"] or "=", (low, float(match["high"] or low)))
    if not 0 <= bounds[0] <= bounds[1] <= MOST_STARS:
        raise Wrong("config_stars", given=given)
    return bounds


def pattern(given: str) -> str:
    """A regular expression, as RE2 has them; Wrong names the character where it cannot be read."""
    try:
        check_pattern(given)
    except PatternError as error:
        raise Wrong("config_pattern", problem=error.problem, place=error.place) from None
    return given


def template(given: str) -> str:
    """A channel's own text for a message; Wrong names the line of the template and what is not allowed there."""
    if not given.strip():
        raise Wrong("config_empty")
    try:
        check_template(given)
    except DraftError as error:
        raise Wrong(f"config_{error.code}", **error.values) from None
    return given


def _is_v6(host: str) -> bool:
    try:
        return ip_address(host).version == 6  # noqa: PLR2004 - the 6 of IPv6
    except ValueError:
        return False
