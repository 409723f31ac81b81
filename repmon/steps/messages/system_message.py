"""Messages about repmon's own work: what is wrong, since when, and what to do about it."""

from collections.abc import Callable, Mapping

from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.excerpt import snippet
from repmon.steps.messages.figures import moment_of
from repmon.steps.messages.parts import Parts
from repmon.steps.messages.reference import reference_of
from repmon.steps.messages.restart_message import restarted, restarted_title
from repmon.steps.messages.review_news import reply_title
from repmon.steps.messages.stored_reason import stored_reason
from repmon.wording import count, say

_TITLES = {
    "source.failing": "title_source_failing",
    "source.recovered": "title_source_recovered",
    "source.quiet": "title_source_quiet",
    "source.first_read": "title_first_read",
    "delivery.given_up": "title_given_up",
    "incident.opened": "title_incident_opened",
    "incident.updated": "title_incident_updated",
    "incident.closed": "title_incident_closed",
    "rating.dropped": "title_rating_dropped",
    "digest": "title_digest",
    "review.new": "title_new",
    "review.edited": "title_edited",
    "review.removed": "title_removed",
    "review.unanswered": "title_unanswered",
    "reply.posted": "title_reply_posted",
    "reply.outdated": "title_reply_outdated",
}


def system_parts(facts: Facts, desk_url: str | None) -> Parts:
    """The parts of a message that is not about one review, or whose review is no longer kept."""
    names = _names(facts)
    paragraphs = _PARAGRAPHS.get(facts.kind, _known)(facts, names)
    title = _title(facts, names)
    return Parts(title, tuple(filter(None, paragraphs)), _act(facts, desk_url))


def _title(facts: Facts, names: Mapping[str, str]) -> str:
    if facts.kind == "daemon.restarted":
        return restarted_title(facts)
    if facts.kind == "reply.rejected":
        return say(reply_title(facts), names)
    return say(_TITLES.get(facts.kind, "title_news"), names)


def _names(facts: Facts) -> dict[str, str]:
    return {
        "source": snippet(facts.source, 80),
        "connector": snippet(facts.connector, 80),
        "place": snippet(facts.location_name, 80),
        "target": _value(facts, "target"),
        "rating": say("rating_none"),
        "kind": facts.kind,
    }


def _failing(facts: Facts, names: Mapping[str, str]) -> list[str]:
    reason, status = stored_reason(facts), _value(facts, "status")
    since = moment_of(facts.values.get("since"), facts.timezone)
    return [
        say("source_failing" if reason else "source_failing_unexplained", {**names, "reason": reason}),
        say("source_since", {"moment": since}) if since else "",
        say(f"advice_{status}", names) if status in {"refused", "changed", "down", "busy"} else "",
    ]


def _recovered(facts: Facts, names: Mapping[str, str]) -> list[str]:
    since = moment_of(facts.values.get("since"), facts.timezone)
    new = facts.values.get("new")
    found = count(new, "{n} new review was found.", "{n} new reviews were found.") if isinstance(new, int) else ""
    return [
        say("source_recovered", names),
        " ".join(filter(None, (say("source_failed_since", {"moment": since}) if since else "", found))),
    ]


def _quiet(facts: Facts, names: Mapping[str, str]) -> list[str]:
    days, a_week, expected = (_figure(facts, name) for name in ("days", "expected_per_week", "expected"))
    if days and expected:
        said = say("source_quiet_expected", {**names, "days": days, "expected": expected})
    elif days and a_week:
        said = say("source_quiet", {**names, "days": days, "expected": a_week})
    else:
        said = say("source_quiet_plain", names)
    return [said, say("advice_quiet", names)]


def _first_read(facts: Facts, names: Mapping[str, str]) -> list[str]:
    reviews, unhappy, new = (facts.values.get(name) for name in ("reviews", "unhappy", "new"))
    summary = say("first_read_plain", names)
    if isinstance(reviews, int):
        known = {**names, "reviews": count(reviews, "{n} review", "{n} reviews"), "unhappy": unhappy}
        summary = say("first_read" if unhappy is None else "first_read_with_unhappy", known)
    since_added = count(
        new, "{n} was written since it was added and is told on its own.",
        "{n} were written since it was added and are told on their own.",
    ) if isinstance(new, int) and new else ""  # fmt: skip
    return [summary, since_added, say("first_read_quiet")]


def _given_up(facts: Facts, names: Mapping[str, str]) -> list[str]:
    event, attempts, lost_key = _value(facts, "event"), facts.values.get("attempts"), facts.values.get("event_key")
    reason = stored_reason(facts)
    if event and isinstance(attempts, int):
        tried = count(attempts, "{n} attempt", "{n} attempts")
        lost = say("given_up", {**names, "event": _called(event), "attempts": tried})
    else:
        lost = say("given_up_plain", names)
    return [
        f"{lost} {say('given_up_reason', {'reason': reason})}" if reason else lost,
        say("given_up_lost", {"reference": reference_of(lost_key)}) if isinstance(lost_key, str) else "",
        say("given_up_advice"),
    ]


def _called(kind: str) -> str:
    """What people call a kind of event; its name in the file where they have no other."""
    code = f"event_{kind}"
    called = say(code)
    return kind if called == code else called


def _dropped(facts: Facts, names: Mapping[str, str]) -> list[str]:
    """Before and after, each with how many reviews it rests on where that is known."""
    before, now, days = (_figure(facts, name) for name in ("before", "now", "days"))
    if not (before and now and days):
        return _known(facts, names)
    return [say("rating_dropped", {**names, "before": before, "now": now, "days": days}), _rests_on(facts)]


def _rests_on(facts: Facts) -> str:
    reviews, before = facts.values.get("reviews"), facts.values.get("before_reviews")
    if not isinstance(reviews, int) or not isinstance(before, int):
        return ""
    return say("rating_rests_on", {"reviews": count(reviews, "{n} review", "{n} reviews"), "before": before})


def _known(facts: Facts, _names: Mapping[str, str]) -> list[str]:
    """What is known about a kind without a message of its own, one line each."""
    lines = [say("fact", {"name": snippet(name, 40), "value": snippet(str(value), 200)})
             for name, value in facts.values.items() if value is not None]  # fmt: skip
    return ["\n".join(lines)]


_PARAGRAPHS: dict[str, Callable[[Facts, Mapping[str, str]], list[str]]] = {
    "source.failing": _failing,
    "source.recovered": _recovered,
    "source.quiet": _quiet,
    "source.first_read": _first_read,
    "delivery.given_up": _given_up,
    "rating.dropped": _dropped,
    "daemon.restarted": restarted,
}


def _value(facts: Facts, name: str) -> str:
    value = facts.values.get(name)
    return "" if value is None else snippet(str(value), 200)


def _figure(facts: Facts, name: str) -> str:
    """A number to at most one decimal: `2.3`, `21`; "" for anything else."""
    value = facts.values.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    return f"{value:.1f}".removesuffix(".0")


def _act(facts: Facts, desk_url: str | None) -> str:
    if not facts.kind.startswith("source."):
        return ""
    if desk_url:
        return say("act_source_link", {"url": f"{desk_url.rstrip('/')}/sources"})
    return say("act_source_command")
