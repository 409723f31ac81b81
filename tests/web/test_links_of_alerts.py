"""Every address that an alert or a digest names opens a page of the desk."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from repmon.config import Digest
from repmon.review import EventKind
from repmon.steps.alerting.facts import Facts, Sample
from repmon.steps.digest.period import period_until
from repmon.steps.messages.bundle_message import Bundle, render_bundle
from repmon.steps.messages.message import Message, render
from repmon.store.tables import EventRow
from repmon.turn.digest import digest_message
from repmon.turn.facts import facts_of
from repmon.turn.watch_digests import key_of, rhythm_of, values_of
from tests.flow.stage import NOW


@pytest.fixture
def facts(desk) -> Facts:
    """What is known of review 1, as new."""
    with desk.stage.world.database.read() as session:
        event = EventRow(key="k", kind="review.new", at=NOW, review_id=1, source_id=1, location="harbour", values={})
        return facts_of(desk.stage.world, session, event)


def opens(desk, message: Message) -> list[str]:
    """The desk's addresses in a message, each of them tried."""
    found = re.findall(rf"{re.escape(desk.base)}/[^\s<>\"]*", f"{message.body}\n{message.html or ''}")
    paths = list(dict.fromkeys(each.removeprefix(desk.base).replace("&amp;", "&") for each in found))
    assert [path for path in paths if desk.owner.follow(path).status_code != 200] == []
    return paths


@pytest.mark.parametrize("kind", get_args(EventKind))
def test_the_address_in_each_kind_of_alert_opens(desk, facts, kind):
    about = facts if kind.startswith(("review.", "reply.")) else replace(facts, review_id=None, review=None, draft=None)
    if kind.startswith("incident."):
        about = replace(about, samples=(Sample(1, facts.review),), values={"unhappy": 3, "usual": 0.4, "hours": 24})
    found = opens(desk, render(replace(about, kind=kind), now=NOW, desk_url=desk.base, limit=None))
    assert found or kind in {"rating.dropped", "delivery.given_up", "daemon.restarted", "digest"}


def test_the_address_in_a_list_of_several_opens(desk, facts):
    bundle = Bundle("k", "quiet_hours", {"review.new": 2}, 2, ("Harbour",), NOW, (facts, facts))
    assert "/?tab=all" in opens(desk, render_bundle(bundle, now=NOW, desk_url=desk.base, limit=None))


def test_the_addresses_in_a_digest_open(desk):
    world = desk.stage.later(days=8).world
    world.settings = world.settings.model_copy(
        update={"web": world.settings.web.model_copy(update={"url": desk.base})}
    )  # fmt: skip
    weekly = Digest(name="weekly", every="week", notify=("owner",))
    rhythm = rhythm_of(world, weekly)
    period = period_until(rhythm, world.clock())
    values = values_of(weekly, period, rhythm)
    message = digest_message(world, key_of(weekly, period), values, "owner", mail=True, limit=None)
    found = opens(desk, message)
    assert "/" in found
    assert sum(path.startswith("/reviews/") for path in found) == 3
