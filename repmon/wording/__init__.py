"""Every sentence repmon says to a person, kept by code so that other languages can come later.

Reasons and decisions are stored as a code and its values; `say` turns them into a sentence when somebody looks.
Each room of the house keeps its sentences in a file here; `_` marks the few that are written in place.
"""

import gettext
from collections.abc import Mapping

from repmon.wording import (
    alerts,
    checking,
    collecting,
    config,
    connecting,
    demo,
    desk,
    digest,
    holding,
    inbox,
    incidents,
    off_topic,
    overview,
    posting,
    reading,
    replies,
    sites,
    sites_apps,
    sites_else,
    sites_owner,
    sites_shop,
    sites_talk,
    store,
    watching,
    web,
)

_catalogue = gettext.translation("repmon", fallback=True)
SENTENCES: Mapping[str, str] = {
    **alerts.SENTENCES,
    **checking.SENTENCES,
    **collecting.SENTENCES,
    **config.SENTENCES,
    **connecting.SENTENCES,
    **demo.SENTENCES,
    **desk.SENTENCES,
    **digest.SENTENCES,
    **holding.SENTENCES,
    **inbox.SENTENCES,
    **incidents.SENTENCES,
    **off_topic.SENTENCES,
    **overview.SENTENCES,
    **posting.SENTENCES,
    **reading.SENTENCES,
    **replies.SENTENCES,
    **sites.SENTENCES,
    **sites_apps.SENTENCES,
    **sites_else.SENTENCES,
    **sites_owner.SENTENCES,
    **sites_shop.SENTENCES,
    **sites_talk.SENTENCES,
    **store.SENTENCES,
    **watching.SENTENCES,
    **web.SENTENCES,
}


def _(sentence: str) -> str:
    """Translate one sentence; the only door to gettext."""
    return _catalogue.gettext(sentence)


def count(number: int, one: str, many: str) -> str:
    """`3 reviews`: the right plural form, with its number put in for `{n}`."""
    return _catalogue.ngettext(one, many, number).format(n=number)


def say(code: str, values: Mapping[str, object] | None = None) -> str:
    """The sentence for a stored code and its values; an unknown code is shown as it is, never hidden.

    Values are data (a site may have sent them), so they are put in once and never read as a pattern.
    """
    sentence = SENTENCES.get(code)
    if sentence is None:
        return f"{code} {dict(values or {})}" if values else code
    try:
        return _(sentence).format_map(dict(values or {}))
    except (KeyError, IndexError, ValueError):
        return f"{code} {dict(values or {})}"
