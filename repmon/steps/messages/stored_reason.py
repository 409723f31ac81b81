"""An error that an event remembers, as a sentence."""

from collections.abc import Mapping

from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.excerpt import snippet
from repmon.wording import say


def stored_reason(facts: Facts) -> str:
    """The stored `code` and `values` as one line; "" for none. The values may be a site's or a server's words."""
    code, values = facts.values.get("code"), facts.values.get("values")
    if not isinstance(code, str) or not code:
        return ""
    known = {str(name): _shown(value) for name, value in values.items()} if isinstance(values, Mapping) else {}
    return snippet(say(code, known), 400)


def _shown(value: object) -> object:
    return snippet(value, 200) if isinstance(value, str) else value
