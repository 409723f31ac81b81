"""The one mailbox reader: everything repmon asks of a mail server goes through here; nothing in a mailbox changes."""

from repmon.mail.read import MailRead, Post

__all__ = ["MailRead", "Post"]
