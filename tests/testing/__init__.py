"""Tests of what is shipped for authors of connectors."""
