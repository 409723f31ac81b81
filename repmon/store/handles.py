"""What others need to name the store's answers by, so that only the store speaks SQL."""

from sqlalchemy import Row
from sqlmodel import Session

__all__ = ["Row", "Session"]
