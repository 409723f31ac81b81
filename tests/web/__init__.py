"""The desk in a browser, asked over a real connection."""
