"""What is said about logins, tokens and setting a source up: what is wrong, and how it is mended."""

SENTENCES: dict[str, str] = {
    # logins
    "key_unusable": "The private key is not one for {algorithm}. Give it whole, with its BEGIN and END lines.",
    # what a site allows
    "allowance_spread": "The daily allowance is spread over the day; the next request is due in {minutes} minutes.",
    "all_gone_at_once": "The site shows none of {count} reviews it had; nothing was taken for deleted.",
    # mailboxes
    "mail_no_connection": "No connection to the mail server {host}: {reason}.",
    "mail_broke_off": "The mail server {host} broke off, or took too long.",
    "mail_too_slow": "Reading the mailbox at {host} took longer than {seconds:g} seconds; the next read goes on.",
    "mail_ill": "The mail server {host} cannot let us in for now: {said}",
    "mail_certificate": "The certificate of the mail server {host} is not to be trusted ({reason}); nothing was sent.",
    "mail_not_encrypted": "The mail server {host} offers no encryption; no password was sent. Try port 993 with tls.",
    "mail_login_refused": "The mail server {host} refuses the login: {said} Many providers want an app password.",
    "mail_no_folder": "There is no such folder in the mailbox at {host}: {said}",
    "mail_unexpected": "The mail server {host} answered something unexpected: {said}",
    "mail_cut": "The mail {uid} is {size} bytes long; its first {limit} were read.",
    # what is pushed to us
    "event_not_json": "An event of {size} bytes is not JSON.",
    # the configuration
    "config_key_short": "should be at least {shortest} characters nobody can guess, as `openssl rand -base64 32` makes",
}
