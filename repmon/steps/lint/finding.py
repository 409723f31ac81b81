"""What the check of a reply finds, and how grave each rule is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["block", "warn"]

SEVERITY: Mapping[str, Severity] = {
    "ask_change": "warn", "blame": "block", "capitals": "warn", "card": "block", "confirms": "block", "excuse": "warn",
    "gating": "block", "gift": "warn", "hidden": "block", "inducement": "block", "insult": "block",
    "liability": "block", "limit": "block", "link": "warn", "mail": "block", "name": "block", "phone": "block",
    "placeholder": "block", "policy": "warn", "recent": "warn", "records": "block", "reference": "block",
    "sarcasm": "block", "threat": "block", "topic": "warn",
}  # fmt: skip
"""Rule → `block` (goes out only with the owner's written reason) or `warn`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in `text[start:end]`; `code` and `suggestion` are worded by `say`, the first with `values`."""

    rule: str
    severity: Severity
    start: int
    end: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    suggestion: str = ""


def finding(rule: str, start: int, end: int, **values: object) -> Finding:
    """Find a rule broken in characters `start` to `end`."""
    return Finding(rule, SEVERITY[rule], start, end, f"lint_{rule}", values, f"lint_{rule}_try")
