"""What is said at the desk: to somebody who decides, and about the chain of decisions."""

SENTENCES: dict[str, str] = {
    # what stands in the way of a decision
    "desk_no_reason": "say why: a rejection needs a reason",
    "desk_nobody": "say who decides: a name is needed",
    "draft_blocked": "draft {id} was not approved. {problems} Change it, or override this with a written reason.",
    "draft_decided": "draft {id} was {state} by {by} on {at}; nothing was changed",
    "draft_empty": "a reply needs words; nothing was changed",
    "draft_hidden": "the reply has characters that are not seen or that turn the text around ({count}; the first is "
                    "{name} at character {at}); write it without them",
    "draft_not_approved": "draft {id} has not been approved; only approved words are posted",
    "draft_not_as_approved": "the words of draft {id} are not those that were approved; it has to be approved again",
    "draft_not_current": "draft {id} is not the one that waits for a decision; draft {newer} is",
    "draft_outdated": "the review was changed after draft {id} was written; look at the review and its newest draft",
    "draft_review_gone": "the review that draft {id} answers is no longer on the site",
    "draft_superseded": "draft {id} was edited by {by} on {at}; draft {newer} is the one to decide about",
    "draft_too_long": "a reply of {length} characters is too long for any site; at most {longest} are taken",
    "draft_unchanged": "the words are those of draft {id} already; nothing was changed",
    "draft_unknown": "there is no draft {id}; `repmon drafts` lists them",
    "review_unknown": "there is no review {id}; `repmon reviews` lists them",
    # the audit
    "audit_added": "there are {found} entries where {expected} were written: some were added without repmon",
    "audit_changed": "entry {id} ({action} {subject} by {actor}, {at}) is not as it was written",
    "audit_cut_off": "{expected} entries were written, {found} are there: the last ones are gone or were changed",
    "audit_out_of_line": "entry {id} ({action} {subject} by {actor}, {at}) does not follow the one before it: "
                         "an entry is missing, or their order was changed",
}  # fmt: skip
