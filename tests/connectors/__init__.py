"""Connectors: what each makes of its site, and the contract that all of them keep."""
