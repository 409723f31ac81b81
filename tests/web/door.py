"""How people sign in, in tests."""

import httpx

from tests.web.desk import Browser

PASSWORD = "three small teapots"


def sign_in(browser: Browser, name: str = "mila", password: str = PASSWORD, **more: str) -> httpx.Response:
    """Fill in the sign-in page and send it."""
    return browser.post("/sign-in", {"name": name, "password": password, **more}, page="/sign-in")
