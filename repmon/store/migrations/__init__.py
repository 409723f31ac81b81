"""The schema's history: every change a user's database goes through."""
