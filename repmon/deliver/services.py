"""Apprise, set up our way: only the plugins in use, no pace, no pictures, no redirects, nothing in the log.

Loading all of Apprise's 185 plugins costs 17 MB and more than a second; the few that a configuration names cost 4 MB.
"""

import logging
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from repmon.deliver.dress import MAIL
from repmon.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from apprise import AppriseAsset
    from apprise.plugins.base import NotifyBase

_MODULES = {
    "slack": "slack", "discord": "discord", "tgram": "telegram", "gchat": "google_chat",
    "mailto": "email", "mailtos": "email",
    "mmost": "mattermost", "mmosts": "mattermost", "rocket": "rocketchat", "rockets": "rocketchat",
    "matrix": "matrix", "matrixs": "matrix", "workflow": "workflows", "workflows": "workflows",
    "ntfy": "ntfy", "ntfys": "ntfy", "gotify": "gotify", "gotifys": "gotify", "pover": "pushover",
    "json": "custom_json", "jsons": "custom_json", "xml": "custom_xml", "xmls": "custom_xml",
    "form": "custom_form", "forms": "custom_form",
}  # fmt: skip
"""Schema → the plugin file that speaks it; a schema that is not here costs the loading of all."""

_NATIVE = {
    "hooks.slack.com": "slack", "discord.com": "discord", "discordapp.com": "discord", "ntfy.sh": "ntfy",
    "chat.googleapis.com": "google_chat",
}  # fmt: skip
"""Hosts of addresses as the services themselves print them (https://…)."""

OVERRULED = frozenset({"cto", "format", "optional", "overflow", "redirect", "retry", "rto", "timeout", "wait"})
"""Options of an address that would undo what the outbox relies on: one attempt, one message, in plain text."""

_lock = threading.Lock()
_loaded: set[str] = set()
_ALL = "*"


def open_service(url: str, timeout: float) -> "NotifyBase":
    """Return the plugin object behind one Apprise address, set up our way.

    `timeout` in seconds holds for connecting and for each wait for an answer. The `OVERRULED` options are set by us.
    Raises DeliveryError (permanent) when Apprise cannot read the address.
    """
    if not schema_of(url):
        raise unreadable(url)
    with _lock:  # plugins are found in tables that loading another one changes
        _load_plugin(url)
        service = _instantiate(url, timeout)
    if service is None:
        raise unreadable(url)
    service.request_rate_per_sec = 0
    return service


def unreadable(url: str) -> DeliveryError:
    """Return the error for an address that is none; only its schema is repeated, the rest is secret."""
    return DeliveryError("channel_unreadable", permanent=True, schema=schema_of(url) or "?")


def schema_of(url: str) -> str:
    """Return what stands before `://`, in lower case; "" when there is nothing."""
    schema, mark, _ = url.strip().partition("://")
    return schema.casefold() if mark and schema.isalnum() else ""


def _instantiate(url: str, timeout: float) -> "NotifyBase | None":
    from apprise import Apprise  # noqa: PLC0415 - loaded at first use
    from apprise.plugins import url_to_dict  # noqa: PLC0415 - loaded at first use

    tokens = url_to_dict(url)  # type: ignore[no-untyped-call]
    if not tokens:
        return None
    tokens |= {"format": "text", "overflow": "upstream", "retry": 0, "optional": False, "redirect": False}
    tokens |= {"cto": timeout, "rto": timeout}
    try:
        own = _own_class(str(tokens["schema"]))
        return own(**tokens, asset=_asset()) if own else Apprise.instantiate(
            tokens, asset=_asset(), suppress_exceptions=False
        )  # fmt: skip
    except (TypeError, ValueError, AttributeError):  # their texts repeat the tokens of the address
        return None


def _own_class(schema: str) -> "type[NotifyBase] | None":
    """Our own form of a plugin, where we have one."""
    if schema == "slack":
        from repmon.deliver.slack import Slack  # noqa: PLC0415 - loads Apprise

        return Slack
    if schema in MAIL:
        from repmon.deliver.mail import Mail  # noqa: PLC0415 - loads Apprise

        return Mail
    return None


def _load_plugin(url: str) -> None:
    """Load the plugin for one address once; all of them when we do not know which it is."""
    schema = schema_of(url)
    wanted = _NATIVE.get(_host_of(url), _ALL) if schema in {"http", "https"} else _MODULES.get(schema, _ALL)
    if wanted in _loaded or _ALL in _loaded:
        return
    _keep_quiet()
    from apprise.manager_plugins import NotificationManager  # noqa: PLC0415 - loaded at first use

    manager = NotificationManager()  # type: ignore[no-untyped-call]
    if wanted != _ALL:
        _load_only(manager.load_modules, wanted)
    if wanted == _ALL or (schema in _MODULES and schema not in manager):
        manager.load_modules()  # type: ignore[no-untyped-call]
        wanted = _ALL
    _loaded.add(wanted)


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _load_only(load_modules: "Callable[..., None]", module: str) -> None:
    """Load one plugin: the manager takes the names it loads from the files of a folder, so we show it one with one."""
    with tempfile.TemporaryDirectory(prefix="repmon-") as folder:
        Path(folder, module).touch()
        load_modules(path=folder)


def _keep_quiet() -> None:
    """Let Apprise's log reach its result objects in full, and nobody else: it prints addresses with their tokens."""
    log = logging.getLogger("apprise")
    log.setLevel(logging.DEBUG)
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def _asset() -> "AppriseAsset":
    from apprise import AppriseAsset  # noqa: PLC0415 - loaded at first use

    return AppriseAsset(
        app_id="repmon", app_desc="repmon", app_url="", image_url_mask="", image_url_logo="", image_path_mask="",
        http_redirects=False, secure_logging=True, async_mode=False, pgp_autogen=False, pem_autogen=False,
        interpret_emojis=False, interpret_escapes=False,
    )  # fmt: skip
