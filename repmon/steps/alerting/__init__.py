"""Who is told of what and when: rules, quiet hours, escalation, bursts, and when to try again."""
