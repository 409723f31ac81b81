"""The demo: an invented trattoria and its invented reviews go through the real repmon, without a network."""

from repmon.demo.run import run_demo

__all__ = ["run_demo"]
