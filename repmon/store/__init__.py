"""Everything repmon remembers; the only room that speaks SQL. Its functions take a session and never commit."""
