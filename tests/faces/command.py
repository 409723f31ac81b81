"""The command line under test: called in this process, with a folder, a configuration and a database of its own."""

import json
import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from repmon.cli import main

BUSINESS = """
[business]
name = "Kettle and Crumb"
timezone = "Europe/Amsterdam"
trade = "restaurant"
languages = ["en"]
contact = "hello@kettle.example"
[http]
allow = ["127.0.0.1"]
"""
SURVEY = """
[[sources]]
id = "survey"
connector = "file"
path = "survey.csv"
"""
ROWS = """id,text,rating,written_at,author
1,"The soup was cold and the waiter was rude.",1,2026-03-03T10:00:00Z,Ann
2,"Lovely evening, wonderful pasta!",5,2026-03-02T10:00:00Z,Bob
3,It was an evening like others.,3,2026-01-01T10:00:00Z,
"""


class Desk:
    """A place to type commands in."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        shutil.copy(template, folder / "repmon.db")
        self.configure(SURVEY)
        self.survey(ROWS)

    def configure(self, *parts: str) -> None:
        """Write config.toml."""
        self.config.write_text(BUSINESS + "".join(parts), encoding="utf-8")
        self.config.chmod(0o600)

    def survey(self, rows: str) -> None:
        """Write the file that the source `survey` reads."""
        (self.folder / "survey.csv").write_text(rows, encoding="utf-8")

    def run(self, *arguments: str, given: str | bytes | None = None) -> Result:
        """Call repmon. What it raised by mistake is raised here, too."""
        result = CliRunner().invoke(main, ["--config", str(self.config), *arguments], input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def json(self, *arguments: str) -> Any:
        """What a command says with --json: stdout must be one document and nothing else."""
        return json.loads(self.run(*arguments, "--json").stdout)
