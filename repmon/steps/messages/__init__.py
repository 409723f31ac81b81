"""One event, or several, as a message for a person: its parts, its words, its form in each service."""
