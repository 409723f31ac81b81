"""What is said about logins, tokens and setting a source up: what is wrong, and how it is mended."""

SENTENCES: dict[str, str] = {
    # what a site says no to, where it says so exactly
    "service_disabled": "The interface behind {url} is not switched on for your project (status {status}). {said}",
    "scope_missing": "The consent does not cover what is asked of {url} (status {status}). {said}",
    "quota_zero": "Your project may make no requests to {url} (status {status}): it is not approved yet. {said}",
    # how that is mended, by the code of what is wrong
    "mend_access_refused": "Does this account manage what the source names? Ask its owner to invite it.",
    "mend_cannot_connect": "Check the address, and whether this machine reaches the internet.",
    "mend_consent_revoked": "Give consent anew: `repmon connect {connector}` does it in the browser.",
    "mend_key_unusable": 'Download the key anew and name its file: "file:key.pem".',
    "mend_login_refused": "Make a new key or password at the site, and put it where the configuration says.",
    "mend_mail_login_refused": "Make an app password at your mail provider and use it instead of your own.",
    "mend_mail_no_connection": "Compare the server's name and port with those your mail provider gives.",
    "mend_mail_no_folder": "Look the folder's name up in your mail program; subfolders often begin with INBOX.",
    "mend_not_there": "Compare the id with the one at the site; docs/sources/{connector}.md says where it stands.",
    "mend_quota_zero": "Ask the site to approve your project for this interface; until then it answers nobody.",
    "mend_scope_missing": "Give consent anew with `repmon connect {connector}`, and tick every box.",
    "mend_service_disabled": "Switch it on in the site's console for developers, and wait a few minutes.",
    "mend_token_refused": "Compare client id and secret with those at the site: they belong together.",
    "no_refresh_token": "{url} gave no refresh token. Take repmon's access back in the account's settings, then retry.",
    "scope_not_given": "The consent leaves out what repmon needs ({scope}); tick every box.",
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
