"""What a person does that changes things; each act is one transaction with its audit entry in it."""

from repmon.desk.attention import acknowledge_review, dismiss_review, reopen_review, snooze_review
from repmon.desk.colleagues import add_note, assign_review
from repmon.desk.correct import correct_label
from repmon.desk.decide import approve_draft, reject_draft
from repmon.desk.edit import edit_draft
from repmon.desk.off_topic import accept_learned, accept_off_topic, dismiss_off_topic, drop_off_topic
from repmon.desk.post import mark_posted, words_to_post
from repmon.desk.send import can_post, delete_reply, post_reply
from repmon.desk.sources import rename_source

__all__ = [
    "accept_learned",
    "accept_off_topic",
    "acknowledge_review",
    "add_note",
    "approve_draft",
    "assign_review",
    "can_post",
    "correct_label",
    "delete_reply",
    "dismiss_off_topic",
    "dismiss_review",
    "drop_off_topic",
    "edit_draft",
    "mark_posted",
    "post_reply",
    "reject_draft",
    "rename_source",
    "reopen_review",
    "snooze_review",
    "words_to_post",
]
