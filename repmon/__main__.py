"""`python -m repmon` is the command line."""

from repmon.cli import main

main(prog_name="repmon")
