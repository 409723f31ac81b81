"""The tables, one file for each thing remembered. Importing this package makes the whole schema known to SQLModel."""

from repmon.store.tables.alerts import (
    AttemptRow,
    DecisionRow,
    DeliveryRow,
    EventRow,
    IncidentRow,
    SilenceRow,
    TargetRow,
)
from repmon.store.tables.drafts import DraftRow
from repmon.store.tables.people import AuditRow, NoteRow, SessionRow, ThrottleRow, UserRow
from repmon.store.tables.reviews import ReviewRow, TombstoneRow, VersionRow
from repmon.store.tables.sources import FactRow, ItemRow, ListingRow, ModelRow, PushedRow, SourceRow, TokenRow

__all__ = [
    "AttemptRow", "AuditRow", "DecisionRow", "DeliveryRow", "DraftRow", "EventRow", "FactRow", "IncidentRow", "ItemRow",
    "ListingRow", "ModelRow", "NoteRow", "PushedRow", "ReviewRow", "SessionRow", "SilenceRow", "SourceRow",
    "TargetRow", "ThrottleRow", "TokenRow", "TombstoneRow", "UserRow", "VersionRow",
]  # fmt: skip
