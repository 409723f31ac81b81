"""Which tests wait for `make slow`, besides those marked in their files: long stories, and whole rooms of the desk."""

import pytest

LONG_STORIES = {
    "flow": {
        "allowance", "attention", "daemon_health", "daemon_logs", "daemon_metrics", "daemon_ping", "daemon_restarts",
        "daemon_systemd", "daemon_trouble", "desk", "digest_mail", "digests", "escalation", "grouping", "incidents",
        "incidents_ratings", "off_topic", "outcomes", "per_hour", "posting_at_once", "posting_doubt",
        "posting_refused", "posting_unasked", "pushed", "quiet_hours", "quiet_source", "reading_anew",
        "reading_in_batches", "replies_on_the_site", "replies_taken_down", "restarts", "retention", "snooze", "tokens",
    },
    "web": {
        "audit_page", "deliveries", "inbox", "link", "link_over", "passwords", "people", "places", "review_page",
        "running", "sessions", "setup", "sources", "throttled",
    },
    "faces": {"cli_connect", "cli_holding", "cli_off_topic", "cli_posting", "cli_user", "demo_desk", "digest_command"},
}  # fmt: skip
"""They move a clock over days or start many servers: together more minutes than `make test` may take."""
ANOTHER_PROCESS = "test_ids_survive_another_process"
"""Of the contract of connectors; it starts Python once for each of them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark before `-m` chooses."""
    for item in items:
        room, name = item.path.parent.name, item.path.stem.removeprefix("test_")
        if name in LONG_STORIES.get(room, ()) or (room == "connectors" and item.name.startswith(ANOTHER_PROCESS)):
            item.add_marker(pytest.mark.slow)
