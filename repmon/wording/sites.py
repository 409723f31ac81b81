"""What is said about a site's answers and a file's rows."""

SENTENCES: dict[str, str] = {
    # one item
    "field_unreadable": "The field {field} cannot be read.",
    "field_missing": "The field {field} is missing.",
    "field_invalid": "The field {field} is not usable: {problem}.",
    "field_invalid_plain": "The field {field} does not hold what the connector expects there.",
    "item_no_review": "The connector gave {kind} where one review was expected.",
    "row_cells": "Line {line} has {cells} cells, another number than the header.",
    "row_without_answer": "Line {line} holds neither text nor rating under the mapped names.",
    "row_quote": "Line {line} opens a quote that is never closed.",
    # a whole answer
    "answer_unreadable": "The answer is not in the form this connector knows ({problem}).",
    "answer_unreadable_plain": "The site's answer is not in the form this connector knows.",
    "listing_repeats": "The site gives the same reviews over and over; the reading was stopped.",
    "page_token_repeats": "The site gave the same page token twice; the reading was stopped.",
    # single sites
    "app_store_no_entries": "Apple shows no reviews for {country}; whether there are none is unknown.",
    "google_no_reviews": "Google answered without reviews for {location}.",
    "google_unknown_answer": "Google answered something that is no list of reviews (it holds: {keys}).",
    # feeds
    "feed_none": "The address answered something that is no RSS or Atom feed.",
    "feed_entities": "The feed defines entities of its own, which can blow up when read; it was not read.",
    "feed_encoding": "The feed names an encoding that is none of text ({encoding}); it was not read.",
    "feed_too_large": "The feed is larger than {limit} bytes; it was not read.",
    "feed_cut": "The feed has {entries} entries; only the first {limit} were read.",
    "feed_damaged": "The feed is damaged; what could be read was read.",
    "feed_empty": "The feed has no entries at the moment.",
    # files
    "file_empty": "{file} is empty.",
    "file_no_rows": "{file} has a header and no rows yet.",
    "file_columns_missing": "{file} has no column {missing}; it has: {columns}.",
    "file_column_twice": "{file} has the column {column} more than once; give it a name of its own.",
    "file_recoded": "{file} is not all UTF-8; what is not was read as Windows-1252.",
    "file_unfinished": "{file} is still being written at line {line}; that row waits for the next turn.",
}
