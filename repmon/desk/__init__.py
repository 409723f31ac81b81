"""What a person does that changes things; each act is one transaction with its audit entry in it."""

from repmon.desk.correct import correct_label
from repmon.desk.decide import approve_draft, reject_draft
from repmon.desk.edit import edit_draft
from repmon.desk.post import mark_posted, words_to_post
from repmon.desk.sources import rename_source

__all__ = [
    "approve_draft",
    "correct_label",
    "edit_draft",
    "mark_posted",
    "reject_draft",
    "rename_source",
    "words_to_post",
]
