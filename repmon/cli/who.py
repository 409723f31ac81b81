"""Who decides: the name given, else the login name."""

import os
import pwd

import click


def login_name() -> str:
    """Name the user this process runs as; a user without a name (in a container) by number."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"uid {os.geteuid()}"


by = click.option("--by", metavar="NAME", help="Who decides; without it your login name.",
                  callback=lambda _context, _option, name: login_name() if name is None else name)  # fmt: skip
