"""The desk in a real browser: what people do, and that every page can be used by everybody."""
