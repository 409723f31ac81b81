"""What is said about messages that wait, travel together or are kept quiet."""

SENTENCES: dict[str, str] = {
    # Several events in one message
    "title_bundle": "{what}{where}{when}{unhappy}",
    "bundle_place": " at {place}",
    "bundle_last_hour": " in the last hour",
    "bundle_unhappy": ", {n} unhappy",
    "bundle_quiet_hours": "These came during the quiet hours ({hours}).",
    "bundle_per_hour": "More than {per_hour} messages an hour were due here, so these come together.",
    "bundle_snoozed": "These were snoozed, and still wait for an answer now that the snooze is over.",
    "bundle_more": "… and {n} more.",
    "bundle_link": "All reviews: {url}",
    "bundle_command": "See all with `repmon reviews`.",
    "sent_again": "(Sent once more on request of {by}; you may have seen it before.)",
    # What a message waited for, and what became of it
    "hold_grouping": "waited for company until {until}",
    "hold_quiet_hours": "held until {until}: quiet hours",
    "hold_per_hour": "held until {until}: enough messages in one hour",
    "hold_snoozed": "held until {until}: snoozed",
    "hold_snoozed_by": "held until {until}: snoozed by {by}",
    "hold_bundled": "travels with delivery {lead}, in one message",
    "hold_acknowledged": "not sent: somebody had seen to the review meanwhile",
    "hold_snooze_over": "not sent: when the snooze was over there was nothing left to answer",
    "hold_again": "sent once more on request of {by}",
    # What stands in the way
    "delivery_unknown": "there is no message {id}; `repmon deliveries` lists them",
    "delivery_waiting": "message {id} is still on its way ({state}); only what was delivered or given up is sent again",
    "silence_ended": "there is no silence {id} that still lasts; `repmon silence list` lists them",
    "silence_past": "a silence has to end in the future",
}
