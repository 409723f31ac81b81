"""What reading files promises."""
