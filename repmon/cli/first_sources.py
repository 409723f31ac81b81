"""The sources of a new configuration: each asked for and tried as `repmon connect` does, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import click

from repmon.cli.answer import confirmed
from repmon.cli.connect import kind_of
from repmon.cli.consenting import Declined
from repmon.cli.group import complain
from repmon.cli.joining import Way, answered, answers, free_name, pushed_to
from repmon.cli.needs import needs
from repmon.cli.source_questions import ask_site, problems
from repmon.cli.tentative import Tentative
from repmon.cli.trial import mend_of
from repmon.config import Answers, starter
from repmon.connector import Connector
from repmon.errors import ConfigError, SourceError
from repmon.wording import _

Table = Mapping[str, object]
Site = tuple[str, type[Connector]]


class FirstSources:
    """Asks for sources until there are no more; secrets go into the files of `new`."""

    def __init__(self, context: click.Context, new: Tentative, way: Way) -> None:
        self._context, self._new, self._way = context, new, way

    def asked(self, business: Answers, site: str | None, given: dict[str, object]) -> Sequence[Table]:
        """Ask for them, the first maybe named already. `business` is what was answered so far."""
        found: list[Table] = []
        chosen = (site, kind_of(site, "--source", self._context)) if site else self._first()
        while chosen:
            table = self._one(replace(business, sources=found), *chosen, given)
            if table is None:
                chosen = ask_site(_("Another site instead"), listed=False)
            else:
                found.append(table)
                chosen = self._next()
            given = {}
        return found

    def unasked(self, defaults: Answers, site: str | None, given: dict[str, object]) -> Answers:
        """The defaults, with the source that was named. UsageError: not all it needs is given."""
        if site is None:
            return defaults
        kind = kind_of(site, "--source", self._context)
        if refused := problems(kind, given):
            raise click.UsageError(_("{site}: {problems}; --set KEY=VALUE gives them").format(
                site=site, problems="; ".join(refused.values())
            ))  # fmt: skip
        name = free_name(set(), site)
        table = {"id": name, "connector": site, **self._new.without_secrets(name, needs(kind), given)}
        return replace(defaults, sources=[table])

    def _first(self) -> Site | None:
        click.echo()
        click.echo(_("Where are your reviews? More can be added later with `repmon connect`."))
        return ask_site(_("First source, by its name"), listed=True)

    def _next(self) -> Site | None:
        return ask_site(_("Next source"), listed=False) if confirmed(_("Add another source?")) else None

    def _one(self, before: Answers, site: str, kind: type[Connector], given: dict[str, object]) -> Table | None:
        """One source; None when the site said no, or when it is not wanted after all."""
        name = free_name({str(each["id"]) for each in before.sources}, site)
        try:
            found = answers(self._way, site, kind, given)
        except Declined as declined:
            complain(_("No consent was given: {why}.").format(why=declined))
            return None
        except SourceError as error:
            complain(str(error), *filter(None, [mend_of(site, error.code)]))
            return None
        table = {"id": name, "connector": site, **self._new.without_secrets(name, needs(kind), found)}
        return table if self._works(replace(before, sources=[*before.sources, table]), name) else None

    def _works(self, answers: Answers, name: str) -> bool:
        """Whether it is taken: it answers, or it is wanted all the same, or it cannot be tried yet."""
        try:
            settings = self._new.tried(starter(answers))
        except ConfigError as error:
            complain(_("It cannot be tried yet:"), *error.problems)
            return True
        if to := pushed_to(settings, name):
            click.echo(to)
        return answered(settings, name) or click.confirm(_("Add it all the same?"), default=False)
