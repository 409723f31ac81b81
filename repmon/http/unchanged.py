"""The one answer that is no answer: the site (or the file) says that nothing changed since the last read."""


class Unchanged(Exception):
    """What the validators stand for is still current; everything known is still known, nothing is new."""
