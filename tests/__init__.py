"""The promises of repmon, as sentences that can fail."""
