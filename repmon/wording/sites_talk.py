"""What is said about searches for mentions."""

SENTENCES: dict[str, str] = {
    "mastodon_no_list": "The server answered something that is no list of posts.",
    "off_topic_by_hand": "off-topic",
    "off_topic_by_rule": "off-topic, by rule {rule} of `repmon off-topic`",
    "off_topic_no_mention": "review {id} is no mention; `repmon dismiss {id} --reason WHY` dismisses it",
    "off_topic_no_proposal": "there is no proposal {number} now; `repmon off-topic` lists them",
    "off_topic_no_rule": "there is no rule {number}; `repmon off-topic` lists them",
    "search_found_nothing": "Nobody seems to have mentioned “{name}” there.",
    "site_asks_patience": "The site asked for a pause; the rest is read at the next turn.",
}
