"""What the one HTTP client promises, against real peers on the loopback."""
