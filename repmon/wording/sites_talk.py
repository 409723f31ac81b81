"""What is said about searches for mentions."""

SENTENCES: dict[str, str] = {
    "search_found_nothing": "Nobody seems to have mentioned “{name}” there.",
    "site_asks_patience": "The site asked for a pause; the rest is read at the next turn.",
}
