"""What is said about posting replies and what became of them."""

SENTENCES: dict[str, str] = {
    # what stands in the way of posting
    "posting_off": "repmon posts nothing unless the configuration says [replies] post = true",
    "posting_unable": "replies to reviews of {source} cannot be posted from here; copy the words and mark them "
                      "as posted",
    "posting_in_hand": "draft {id} is just being posted; look again in a moment",
    "posting_not_approved": "draft {id} is {state}; only approved words are posted",
    "posting_interrupted": "repmon was stopped while it posted this; whether it arrived is not known",
    "draft_answered_elsewhere": "somebody answered the review on the site itself, and that answer stays; "
                                "draft {id} was not posted",
    "draft_blocked_at_posting": "draft {id} was not posted. {problems} Change it, and approve it anew.",
    "draft_other_in_doubt": "draft {other} may be on the site already; draft {id} waits until that is known",
    "draft_review_changing": "the review of draft {id} was changed a moment ago; look at it once repmon has read it",
    # what became of a reply
    "draft_is_posting": "draft {id} is just being posted",
    "draft_is_unknown": "whether draft {id} is on the site is not known yet; nothing was changed. {why}",
    "draft_is_failed": "draft {id} was not posted. {why}",
    "reply_turned_down": "The site turned the reply down. {said}",
    "reply_another": "Somebody else's reply stands on the site; it was left as it is.",
    "reply_not_there": "The site was asked and does not show the reply; a person may post it again.",
    "reply_review_gone": "The review is no longer on the site.",
    "another_review": "The site gave another review than the one that was asked for ({id}).",
    # taking a reply down
    "reply_none_of_ours": "no reply of ours stands under review {id}, as far as is known",
    "deleting_unable": "replies to reviews of {source} cannot be taken down from here",
    "deleting_another": "the reply under review {id} is not the one that was posted from here; it stays",
    # a review and its state
    "review_acknowledged": "review {id} was acknowledged by {by} already",
    "review_dismissed": "review {id} is dismissed already",
    "review_open": "review {id} is open; there is nothing to take up again",
    "review_posting": "a reply to review {id} is being posted, or may be on the site; wait until that is known",
    "review_removed": "review {id} is no longer on the site",
    "dismiss_no_reason": "say why: no answer is needed because …",
    "snooze_none": "review {id} is not resting",
    "snooze_when": "name a moment in the future, within a year",
    "words_too_long": "{length} characters are too many; at most {longest} are kept",
    "note_empty": "a note needs words",
    "assign_nobody": "a name is needed, of at most 100 characters",
    "assign_none": "review {id} is in nobody's hands",
    "assign_when": "name a moment in the future",
    # what came after a reply
    "outcome_won_back": "After the reply the reviewer gave more stars.",
    "outcome_lowered": "After the reply the reviewer gave fewer stars.",
    "outcome_removed": "After the reply the review was taken down.",
}  # fmt: skip
