"""What happened to a review that was known already: edited, answered, or left without an answer."""

from collections.abc import Callable, Mapping

from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.excerpt import snippet
from repmon.steps.messages.figures import bare_number, hours_long, stars
from repmon.steps.messages.stored_reason import stored_reason
from repmon.wording import say

DOUBTFUL = "reply_doubtful"
_NOT_THE_SITE = ("draft_", "reply_")
"""Codes of our own: the check before posting, and what a later look at the site made of it."""


def review_news(facts: Facts) -> str:
    """One or two sentences; "" for a review that is simply new."""
    tell = _NEWS.get(facts.kind)
    return tell(facts) if tell else ""


def before_and_now(facts: Facts) -> tuple[str, str]:
    """What was given before an edit and after it, as a person reads it; ("", "") when that is not known."""
    if "old_rating" not in facts.values or "new_rating" not in facts.values:
        return "", ""
    return _figure(facts, "old"), _figure(facts, "new")


def _figure(facts: Facts, which: str) -> str:
    """Stars, or where the site has none its own figure; how far its scale goes is not kept with the event."""
    number = facts.values[f"{which}_rating"]
    return stars(number) if number is not None else bare_number(facts.values.get(f"{which}_given")) or stars(None)


def _edited(facts: Facts) -> str:
    old, new = before_and_now(facts)
    return say("before_and_now", {"old": old, "new": new}) if old != new else ""


def _posted(facts: Facts) -> str:
    return say("reply_posted", {"source": _source(facts)})


def reply_title(facts: Facts) -> str:
    """The code of the title for a reply that is not on the site: turned down there, not to be seen, or in doubt."""
    code = str(facts.values.get("code") or "")
    if code == DOUBTFUL:
        return "title_reply_doubtful"
    return "title_reply_not_posted" if code.startswith(_NOT_THE_SITE) else "title_reply_rejected"


def _rejected(facts: Facts) -> str:
    if reply_title(facts) != "title_reply_rejected":
        return _not_posted(facts)
    reason = stored_reason(facts) or snippet(str(facts.values.get("reason") or ""), 200)
    return say(
        "reply_rejected" if reason else "reply_rejected_unexplained", {"source": _source(facts), "reason": reason}
    )


def _not_posted(facts: Facts) -> str:
    code, reason = str(facts.values["code"]), stored_reason(facts)
    if code == DOUBTFUL:
        return reason
    if code.startswith("reply_"):
        return say("reply_in_doubt", {"reason": reason})
    if code == "draft_blocked_at_posting":
        values = facts.values.get("values")
        reason = say("reply_stopped", {"id": values.get("id") if isinstance(values, Mapping) else "?"})
    return say("reply_not_sent", {"reason": reason})


def _outdated(_facts: Facts) -> str:
    return say("reply_outdated")


def _unanswered(facts: Facts) -> str:
    """How long nobody has answered, and who hears of it next."""
    waited = hours_long(facts.values.get("hours"))
    told = snippet(str(facts.values.get("next") or ""), 80)
    after = hours_long(facts.values.get("next_hours"))
    sentences = (
        say("unanswered", {"waited": waited}) if waited else "",
        say("unanswered_next", {"next": told, "after": after}) if told and after else "",
        say("unanswered_last") if "next" in facts.values and not told else "",
    )
    return " ".join(filter(None, sentences))


def _source(facts: Facts) -> str:
    return snippet(facts.source, 80)


_NEWS: dict[str, Callable[[Facts], str]] = {
    "review.edited": _edited,
    "review.unanswered": _unanswered,
    "reply.posted": _posted,
    "reply.rejected": _rejected,
    "reply.outdated": _outdated,
}
