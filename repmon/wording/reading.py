"""What happened while reading a source."""

SENTENCES: dict[str, str] = {
    # The site said no.
    "login_refused": "{url} does not accept our key or login (status {status}). {said}",
    "access_refused": "{url} denies us access (status {status}). {said}",
    "not_there": "{url} does not exist (status {status}). Is the id right? {said}",
    "site_refused": "{url} refuses the request (status {status}). {said}",
    "consent_revoked": "The owner's consent was taken back or has run out ({url}). Connect the account again.",
    "token_refused": "{url} gives us no access token (status {status}, {error}). Check client id and secret.",
    "address_refused": "{host} is no public address ({address}). If it is yours, name it under [http] allow.",
    "header_unusable": "The value for the header {header} cannot be sent. Is there a line break in the key?",
    # The site asks us to wait, or our own budget does.
    "too_many_requests": "{url} says that we ask too often.",
    "site_asks_patience": "The site asked for a pause; the rest is read at the next turn.",
    "site_closed": "{url} is closed for a while and says when to come back.",
    "budget_spent": "The requests this source may make today are used up ({count} in this read).",
    # The site, or the way to it, is ill.
    "cannot_connect": "No connection to {url}: {reason}.",
    "too_slow": "{url} did not finish its answer within {seconds:g} seconds.",
    "connection_lost": "The answer of {url} broke off, or is no HTTP.",
    "site_ill": "{url} answered that it is ill (status {status}).",
    "page_refused": "{url} refused a later page (status {status}); the next read starts anew. {said}",
    "stopping": "repmon is stopping; the rest is read at the next start.",
    # The site is not what it was.
    "status_unexpected": "{url} answered with an unexpected status ({status}). {said}",
    "redirect_refused": "{url} sends us somewhere we do not go: {target}",
    "redirects_too_many": "{url} sends us on and on; we stop after {count} redirects.",
    "url_unusable": "The site gave an address that is none: {url}",
    "answer_empty": "{url} answered with nothing.",
    "answer_html": "{url} answered with a web page where data was expected. Is it a login page?",
    "answer_not_json": "{url} answered with something that is not JSON ({kind}, {size} bytes).",
    "answer_ambiguous": "{url} answered with JSON that says one thing twice ({size} bytes).",
    "answer_not_finite": "{url} answered with JSON that holds a number no computer can hold ({size} bytes).",
    "answer_too_deep": "{url} answered with JSON nested absurdly deep ({size} bytes).",
    "answer_too_large": "{url} answered with more than we read.",
    "answer_badly_packed": "{url} answered with something packed in another way than it says.",
    "answers_without_items": "{count} answers in a row had no review in them; reading on would never end.",
    "token_unreadable": "{url} answered without an access token.",
    # Files.
    "path_missing": "There is no {path}.",
    "path_forbidden": "We may not read {path}.",
    "path_leaves_folder": "{path} leads out of its folder.",
    "path_not_a_file": "{path} is neither a file nor a folder.",
    "file_too_large": "{path} is larger than {limit} bytes.",
    "file_unreadable": "{path} cannot be read now: {reason}.",
}
