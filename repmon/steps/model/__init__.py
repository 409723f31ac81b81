"""Learning from the owner's own starred reviews, and how well any reading does."""
