"""Replies put together from packs of phrases."""
