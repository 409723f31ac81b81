"""Where a page may send a browser on to: only paths of our own, whatever a link asks for."""

from urllib.parse import urlsplit

LONGEST = 2000


def own_path(given: str, otherwise: str = "/") -> str:
    r"""The path itself when it is one of ours, else `otherwise`.

    Browsers read `//host` and `/\host` as other hosts and drop tabs and line ends while they do, so none of
    these may occur; the rules are those of the WHATWG URL standard, section "URL parsing".
    """
    if not given.startswith("/") or given.startswith("//") or len(given) > LONGEST or "\\" in given:
        return otherwise
    if any(character <= " " or character == "\x7f" for character in given):
        return otherwise
    try:
        parts = urlsplit(given)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else given
