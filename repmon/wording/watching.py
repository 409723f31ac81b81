"""What repmon says about itself: restarts, pings, metrics."""

SENTENCES: dict[str, str] = {
    "title_restarted": "repmon was not running for {span}",
    "title_restarted_often": "repmon was interrupted {n} times",
    "title_restarted_plain": "repmon was not running for a while",
    "restarted_plain": "repmon was not running for a while, and is running again.",
    "restarted_down": "repmon was down from {since} to {until} ({span}).",
    "restarted_crash": "It ended without being stopped: a power cut, or a crash.",
    "restarted_often": "repmon was down {n} times between {since} and {until}.",
    "restarted_crashes": "It ended without being stopped: power cuts, or crashes.",
    "restarted_asked": "Sources have been asked since; {new} had come in meanwhile.",
    "restarted_asked_none": "Sources have been asked since; no review had come in meanwhile.",
    "restarted_partly": "{asked} of {sources} sources could be asked since; {new} had come in there meanwhile.",
    "restarted_unasked": "No source could be asked since. repmon goes on trying.",
    "restarted_advice": "What to do: if this happens again, look at the machine and at repmon's log.",
    "hours_short": "{n} h",
    "minutes_short": "{n} min",
    "under_a_minute": "less than a minute",
}
