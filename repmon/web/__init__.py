"""The desk in a browser: what needs an answer, the drafts, and the people who decide about them."""
