"""What is said about web pages with marked-up reviews, mapped JSON, surveys, mailboxes and events sent to us."""

SENTENCES: dict[str, str] = {
    "next_elsewhere": "The next page is said to be at another site ({host}); our secrets are not sent there.",
    # pages of one's own
    "schema_nothing": "The page {page} holds no structured data at all; is it the page with the reviews?",
    "schema_no_reviews": "The page {page} has structured data, but no review in it.",
    "schema_block_unreadable": "{blocks} of the page's blocks of structured data are no JSON; the others were read.",
    "schema_cut": "The page ends in the middle of a script; it was not read.",
    "schema_recoded": "Some letters of the page do not fit its encoding, and were replaced.",
    "schema_too_large": "The page is larger than {limit} bytes; it was not read.",
    # mapped JSON
    "json_api_no_list": "There is no list at {expression} in the answer; look at the setting items_at.",
    "json_api_no_reviews": "The address answered with an empty list.",
    "json_api_cut": "There are more than {pages} pages; most_pages says how many are read.",
    # surveys
    "survey_no_csv": "Line {line} is JSON; a survey is read from CSV. The connector `file` reads JSON Lines.",
    # mailboxes
    "mailbox_no_mail": "Message {uid} is no mail that could be read.",
    "mailbox_unknown_layout": "{mails} mails fit no known layout; they were kept as mentions, with their whole text.",
    "mailbox_unproven": "{mails} mails may be forged; they were kept as mentions, without stars (see checked_by).",
    # events sent to us
    "webhook_no_reviews": "There is nothing at {expression} in an event; look at the settings format and items_at.",
    "webhook_nothing": "An event held no review.",
    "webhook_other_event": "An event of another kind ({name}) was not needed.",
}
