"""What tests of many rooms share: databases and servers; and which wait for `make slow` besides those marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from tests import postgres
from tests.flow.peers import Sink, Site
from tests.flow.site import Board

LONG_STORIES = {
    "flow": {
        "allowance", "allowance_shared_out", "aside", "attention", "daemon_health", "daemon_logs", "daemon_metrics",
        "daemon_ping", "daemon_restarts", "daemon_systemd", "daemon_trouble", "desk", "digest_mail", "digests",
        "escalation", "failing_sources", "grouping", "hostile_input", "incidents", "incidents_ratings", "off_topic",
        "outcomes", "per_hour", "posting_at_once", "posting_doubt", "posting_not_sent", "posting_refused",
        "posting_unasked", "pushed", "quiet_hours", "quiet_source", "reading_anew", "reading_far_enough",
        "reading_in_batches", "reading_within_bounds", "replies_on_the_site", "replies_taken_down", "restarts",
        "retention", "snooze", "tokens",
    },
    "web": {
        "audit_page", "deliveries", "hooks", "inbox", "link", "link_over", "links_of_alerts", "off_topic",
        "passwords", "people", "places", "review_page", "running", "sessions", "setup", "sources", "throttled",
    },
    "faces": {
        "cli_at_a_terminal", "cli_connect", "cli_holding", "cli_init", "cli_learn", "cli_off_topic", "cli_posting",
        "cli_user", "demo_desk", "digest_command",
    },
    "steps": {
        "learning",
    },
}  # fmt: skip
"""They move a clock over days or start many servers: together more minutes than `make test` may take."""
SECOND_DATABASE = "postgresql"
"""In the name of a test that runs on SQLite too."""
ANOTHER_PROCESS = "test_ids_survive_another_process"
"""Of the contract of connectors; it starts Python once for each of them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark before `-m` chooses."""
    for item in items:
        if _is_slow(item.path.parent.name, item.path.stem.removeprefix("test_"), item.name):
            item.add_marker(pytest.mark.slow)


def _is_slow(room: str, file: str, test: str) -> bool:
    return (
        file in LONG_STORIES.get(room, ())
        or (room == "connectors" and test.startswith(ANOTHER_PROCESS))
        or SECOND_DATABASE in test.partition("[")[2]
    )


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server with a migrated database `template_repmon` to copy."""
    with postgres.server() as url:
        if url is None:
            pytest.skip("no PostgreSQL on this machine")
        database = Database(postgres.copy_of(url, "template1", "template_repmon"))
        ensure_schema(database)
        database.close()
        yield url


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """A migrated, empty database, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "repmon.db"
    database = Database(f"sqlite:///{file}")
    ensure_schema(database)
    database.close()
    return file


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def board() -> Iterator[Board]:
    """A site that keeps what is shown on it."""
    with Board() as server:
        yield server
