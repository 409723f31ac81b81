"""A mailbox: the notification mails of sites that have no other way in, read over IMAP; nothing in it is changed.

Documentation: https://www.rfc-editor.org/rfc/rfc9051 (IMAP), https://www.rfc-editor.org/rfc/rfc8601 (who sent a mail)
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Literal

from pydantic import Field

from repmon.connector import Auth, Connector, Item, Items, ItemUnreadable, Letter, Mail, OAuth, Secret, SiteReview
from repmon_connectors._letter import Seen, read
from repmon_connectors._patterns import Pattern, shipped

KNOWN_SERVERS = {"imap.gmail.com": "mx.google.com"}
"""How the mail servers of large providers name themselves in what they found out about a sender."""


class Mailbox(Connector):
    """Notification mails about reviews, in a mailbox of your own; one that fits no pattern is kept with its text."""

    door = "mail"
    order = "newest"
    window = "mails of the last days, as set"
    min_every = timedelta(minutes=5)

    host: str = Field(description="The mail server, `imap.aurora.example`.")
    user: str = Field(description="The name to log in with, mostly the address.")
    password: Secret = Field(Secret(""), description="The password; large providers want one for applications.")
    client_id: str = Field("", description="Where a login by OAuth 2 is wanted: the id of your application.")
    client_secret: Secret = Field(Secret(""), description="Beside the id.")
    refresh_token: Secret = Field(Secret(""), description="From the provider's consent page.")
    token_url: str = Field("https://oauth2.googleapis.com/token", description="Where access tokens are asked for.")
    port: int = Field(993, description="The server's port; 143 with `starttls`.")
    security: Literal["tls", "starttls"] = Field("tls", description="How the connection is encrypted.")
    folders: list[str] = Field(["INBOX"], min_length=1, description="The folders to look into.")
    days: int = Field(30, ge=1, le=3650, description="How old a mail may be.")
    senders: list[str] = Field([], description="More addresses whose mails count: whoever forwards them to you.")
    checked_by: str = Field("", description="How your server names itself in Authentication-Results headers.")
    patterns: list[Pattern] = Field([], description="Layouts of your own, looked at before those that come along.")

    def listings(self) -> Sequence[str]:
        """Each folder by itself."""
        return self.folders

    def items(self, http: Mail, listing: str) -> Items:
        """Read the mails, newest first, each as the reviews it holds."""
        since = timedelta(days=self.days)
        letters = http.letters(
            self.host, self.port, self.user, self._login(), folder=listing, senders=self._senders(), since=since,
            security=self.security,
        )  # fmt: skip
        unknown, unproven = 0, 0
        for letter in letters:
            seen = read(letter.raw, self.checked_by or KNOWN_SERVERS.get(self.host.lower(), ""))
            found = list(self._found(letter, seen))
            unknown += any(item["layout"] == "" for item in found)
            unproven += seen is not None and not seen.proven
            yield from found
        if unknown:
            http.note("mailbox_unknown_layout", mails=unknown)
        if unproven:
            http.note("mailbox_unproven", mails=unproven)

    def review(self, item: Item) -> SiteReview:
        """One review. Of a mail that may be anybody's, and of one nobody understood, only the words count."""
        if item["layout"] is None:
            raise ItemUnreadable("mail", "mailbox_no_mail", uid=item["uid"])
        trusted = bool(item["proven"] and item["layout"])
        return SiteReview(
            id=item["id"],
            kind="review" if trusted else "mention",
            rating=item.get("rating") if trusted else None,
            out_of=item.get("out_of", 5.0),
            title=None if item["layout"] else item["subject"],
            text=item.get("text"),
            author=item.get("author"),
            url=item.get("link") if trusted else None,
            place=item.get("business"),
            written_at=item["date"],
        )

    def _login(self) -> Secret | Auth:
        if self.refresh_token:
            return OAuth(self.token_url, self.client_id, self.client_secret, self.refresh_token)
        return self.password

    def _senders(self) -> list[str]:
        return sorted({*self.senders, *(pattern.sender for pattern in (*self.patterns, *shipped()))})

    def _found(self, letter: Letter, seen: Seen | None) -> Iterator[dict[str, Any]]:
        """The reviews of one mail by the first layout that fits; its whole text where none does."""
        if seen is None:
            yield {"layout": None, "uid": letter.uid}
            return
        mail = {"proven": False, "subject": seen.subject, "date": seen.date}
        for pattern in (*self.patterns, *shipped()):
            found = pattern.found_in(seen.origin, seen.subject, seen.text)
            mail["proven"] = seen.proven and seen.sender == pattern.sender.lower()
            for turn, said in enumerate(found, 1):
                name = seen.id if len(found) == 1 else f"{seen.id}#{turn}"
                yield {**mail, **said, "layout": pattern.name, "id": name}
            if found:
                return
        yield {**mail, "proven": False, "layout": "", "id": seen.id, "text": seen.text, "author": seen.sender}
