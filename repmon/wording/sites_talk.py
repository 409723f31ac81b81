"""What is said about searches for mentions."""

SENTENCES: dict[str, str] = {
    "mastodon_no_list": "The server answered something that is no list of posts.",
    "search_found_nothing": "Nobody seems to have mentioned “{name}” there.",
}
