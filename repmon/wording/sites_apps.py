"""What is said about answers of App Store Connect, Google Play, YouTube and Discourse."""

SENTENCES: dict[str, str] = {
    "app_store_connect_no_reviews": "Nobody has reviewed {app} on the App Store yet.",
    "discourse_search_refused": "The forum did not search: {said}",
    "discourse_too_old": "The forum is too old a Discourse: its search answers in another form.",
    "google_no_key_file": "The setting service_account is not the JSON key file of a service account.",
    "google_play_no_reviews": "Google Play shows no reviews for {app} from the last week.",
    "google_play_unknown_answer": "Google Play answered something unknown ({keys}).",
    "youtube_no_comments": "There are no comments under {where}.",
}
