"""What a browser calls itself, in three words: enough for a person to recognise their own devices."""

import re

from repmon.wording import say

_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("FxiOS", "Firefox"),
             ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
"""In this order: most browsers also claim to be those further down."""
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def described(user_agent: str) -> str:
    """`Firefox on Android`; for what is not known its own first word, `?` for nothing at all."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    if browser and system:
        return say("device_on", {"browser": browser, "system": system})
    first = re.match(r"[A-Za-z0-9._-]{1,40}", user_agent)
    return browser or system or (first[0] if first else "?")
