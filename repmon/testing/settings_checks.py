"""What a connector's settings promise: nothing is mistyped in silence, no secret shows, and tests can stand in."""
# ruff: noqa: D102, S101 - these are tests: their names are their sentences

import re
import traceback
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from repmon.testing.bench import SPEED, Bench, Outcome
from repmon.testing.site import Reply

_TELLING = re.compile(r"token|secret|password|api_?key|credential")
_NO_SECRET = re.compile(r"_url$|_path$")


class SettingsChecks(Bench):
    """Questions about settings."""

    def test_unknown_settings_are_refused(self) -> None:
        with pytest.raises(ValidationError):
            self.made(no_such_setting=1)

    def test_settings_do_not_change(self) -> None:
        made = self.made()
        name = next(iter(type(made).model_fields))
        with pytest.raises(ValidationError):
            setattr(made, name, getattr(made, name))

    def test_its_address_is_a_setting(self) -> None:
        if not self.over_http:
            pytest.skip("reads files")
        fields = self.connector.model_fields
        assert "base_url" in fields or "url" in fields, "tests and proxies need a setting `base_url` (or `url`)"
        if "base_url" in fields:
            default = str(fields["base_url"].default)
            assert default.startswith(("https://", "http://")), f"base_url should lead to the site, not to {default!r}"

    def test_secrets_are_declared_as_secrets(self) -> None:
        for name, value in self.made():
            if _TELLING.search(name) and not _NO_SECRET.search(name):
                assert isinstance(value, SecretStr), f"{name} sounds like a secret; declare it as `Secret`"

    def test_no_secret_shows_in_its_repr(self) -> None:
        made = self.made()
        self._hides(f"{made!r} {made} {made.model_dump()} {made.model_dump_json()}", "its repr or dump")

    def test_no_secret_shows_in_logs_output_or_errors(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with caplog.at_level("DEBUG"):
            read = self.read()
            self._hides(str(read.notes), "a note")
            if self.over_http:
                self.answers(Reply(b'{"error": "no"}', status=401))
                self._hides(_told(self.read(self.client.read(calls_per_second=SPEED))), "an error")
        self._hides(caplog.text, "the log")
        self._hides("".join(capfd.readouterr()), "its output")

    def _hides(self, text: str, where: str) -> None:
        for name, value in self.made():
            if isinstance(value, SecretStr) and value.get_secret_value():
                assert value.get_secret_value() not in text, f"the secret {name} shows in {where}"


def _told(outcome: Outcome) -> str:
    """Everything an error could tell a log."""
    error: Any = outcome.error
    return "" if error is None else " ".join([*traceback.format_exception(error), repr(error), str(error.values)])
