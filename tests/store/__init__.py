"""What repmon remembers, on SQLite and on a real PostgreSQL."""
