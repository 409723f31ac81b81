"""What is said about mentions of something else, and about what dismissing them has taught."""

SENTENCES: dict[str, str] = {
    "off_topic_by_hand": "off-topic, not about us",
    "off_topic_by_rule": "off-topic, by rule {rule}",
    "off_topic_word": "with the word “{value}”",
    "off_topic_author": "by {value}",
    "off_topic_domain": "with a link to {value}",
    "off_topic_forgotten": "somebody whose name had to be forgotten",
    "off_topic_no_mention": "review {id} is no mention; `repmon dismiss {id} --reason WHY` dismisses it",
    "off_topic_no_proposal": "there is no proposal {number} now; `repmon off-topic` lists them",
    "off_topic_no_rule": "there is no rule {number}; `repmon off-topic` lists them",
    "off_topic_not_learned": "the mentions put aside no longer have that in common; nothing was changed",
    "did_off_topic": "Put aside: it is not about us.",
    "did_off_topic_learned": "Put aside: it is not about us. Below is what such mentions have in common.",
    "did_accept_rule": "From now on mentions {words} are put aside.",
    "did_accept_rule_hiding": "From now on mentions {words} are put aside, and so were those that waited: {hidden}.",
    "did_drop_rule": "The rule is gone. Mentions it had put aside that wait again: {reopened}.",
}
