"""What is said about a whole read: what was strange, what was left alone, and when the source is asked again."""

SENTENCES: dict[str, str] = {
    # one review
    "rating_out_of_range": "The rating {rating:g} is not between 0 and {out_of:g}.",
    "scale_impossible": "A scale that ends at {out_of:g} holds no rating.",
    "time_without_zone": "The time in {field} has no time zone, and the connector names none.",
    # one event or message
    "event_stumbled": "repmon stumbled while it decided whom to tell ({problem}); please report it",
    "message_stumbled": "repmon stumbled while it wrote this message ({problem}); please report it",
    # one read
    "connector_stumbled": "The connector has a fault ({problem}) and could not read on; nothing is lost. Look for a "
    "newer repmon, or tell its author what the log says.",
    "connector_stumbled_plain": "The connector has a fault and could not read on; nothing is lost.",
    "empty_where_reviews_were": "The site shows no reviews at all where it showed {known} before.",
    "history_cut_by_allowance": "The site's daily allowance ends the history after {read} reviews.",
    "history_waits_for_allowance": "Reviews read: {read}. The older ones wait for tomorrow's allowance.",
    "items_unreadable": "{unreadable} of {read} items could not be read as reviews.",
    "page_repeats": "The site gave {items} reviews in a row that it had given already; the reading was stopped.",
    # between reads
    "asked_to_wait": "The site asked us to stay away for another {seconds:g} seconds.",
}
