"""Which file is read, and by what name it is called."""

import pytest

from repmon.config import find, load
from repmon.errors import ConfigError
from tests.config.files import CONNECTORS


def test_the_file_is_named_as_the_person_named_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text("bogus = 1")
    path = find(None, {}, type(tmp_path)())
    with pytest.raises(ConfigError, match=r"^config\.toml:1: bogus: "):
        load(path, environ={}, connectors=CONNECTORS)


def test_the_given_file_goes_before_the_folders_and_the_environments(tmp_path):
    environ = {"REPMON_CONFIG": "elsewhere.toml"}
    assert find(tmp_path / "given.toml", environ, tmp_path) == tmp_path / "given.toml"
    assert find(None, environ, tmp_path) == tmp_path / "elsewhere.toml"
    (tmp_path / "config.toml").touch()
    assert find(None, environ, tmp_path) == tmp_path / "config.toml"


def test_no_file_at_all_is_told_with_the_mend(tmp_path):
    with pytest.raises(ConfigError, match="repmon init"):
        find(None, {}, tmp_path)
