"""`repmon user`: who may come to the desk."""

import sys

import click

from repmon.cli import asked, document
from repmon.cli.opening import opened
from repmon.cli.screen import Rows, show, when
from repmon.cli.who import by
from repmon.desk import people
from repmon.store import users
from repmon.store.tables import UserRow
from repmon.wording import _, say

password_on_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Look after the people who may come to the desk."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(people.ROLES), default="manager", show_default=True, help="What they may do.")
@click.option("--location", "locations", multiple=True, metavar="ID", help="Only this place; may be given again.")
@click.option("--pin", "with_pin", is_flag=True, help="Ask for a PIN too, to decide by the link in an alert.")
@password_on_stdin
@by
@click.pass_context
def add(
    context: click.Context, name: str, role: str, locations: tuple[str, ...], by: str, *, with_pin: bool,
    password_stdin: bool,
) -> None:  # fmt: skip
    """Add a person, with a password and, if asked for, a PIN.

    Both are asked for without showing them. From standard input the password is the first line, the PIN the second.
    """
    with opened(context) as world:
        people.fit_places(world.settings, role, locations)
        password = _password(from_stdin=password_stdin)
        pin = _asked(_("PIN"), from_stdin=password_stdin) if with_pin else None
        people.add_person(world, name, role, password=password, pin=pin, locations=locations, by=by)
    show(_("{name} can sign in as {role}.").format(name=name, role=say(f"role_{role}").lower()))


@user.command(name="list")
@asked.as_json
@click.pass_context
def list_users(context: click.Context, *, as_json: bool) -> None:
    """List everybody."""
    with opened(context) as world:
        with world.database.read() as session:
            everybody = users.everybody(session)
        if as_json:
            document.write_list(_shape(each) for each in everybody)
            return
        if not everybody:
            show(_("Nobody yet; add the owner with `repmon user add NAME --role owner`."))
            return
        table = Rows(_("Name"), _("Role"), _("Places"), _("Password"), _("PIN"), _("Since"))
        for each in everybody:
            table.add(each.name, say(f"role_{each.role}"), ", ".join(each.locations) if each.locations else _("all"),
                      _("yes") if each.password_hash else None, _("yes") if each.pin_hash else None,
                      when(each.created_at, world.settings.business.timezone, world.clock()))  # fmt: skip
        table.show()


@user.command()
@click.argument("name")
@password_on_stdin
@by
@click.pass_context
def password(context: click.Context, name: str, by: str, *, password_stdin: bool) -> None:
    """Give a person a new password; they have to sign in again everywhere."""
    with opened(context) as world:
        number = people.person_named(world, name)
        people.set_password(world, number, _password(from_stdin=password_stdin), by=by)
    show(_("The password of {name} is set.").format(name=name))


@user.command()
@click.argument("name")
@by
@click.pass_context
def remove(context: click.Context, name: str, by: str) -> None:
    """Remove a person. What they decided stays in the record."""
    with opened(context) as world:
        people.remove_person(world, people.person_named(world, name), by=by)
    show(_("{name} is removed.").format(name=name))


def _password(*, from_stdin: bool) -> str:
    return _asked(_("Password"), from_stdin=from_stdin)


def _asked(what: str, *, from_stdin: bool) -> str:
    """Ask twice without showing it, or take the next line of standard input. Never from the command line."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt(what, hide_input=True, confirmation_prompt=True, err=True)
    return answer


def _shape(row: UserRow) -> dict[str, object]:
    return {"id": row.id, "name": row.name, "role": row.role, "locations": row.locations,
            "has_password": row.password_hash is not None, "has_pin": row.pin_hash is not None,
            "created_at": document.moment(row.created_at)}  # fmt: skip
