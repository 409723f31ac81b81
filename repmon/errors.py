"""Every error of repmon, named by what the daemon does about it.

    RepmonError
    ├── ConfigError         refuse to start, name the line to fix
    ├── StoreError          this step cannot be remembered now; say so and try again at the next turn
    ├── SourceError         this source only; the others go on
    │   ├── SourceBusy      come back after retry_after
    │   ├── SourceDown      try again at the next turn
    │   ├── SourceRefused   pause the source, tell the owner once
    │   └── SourceChanged   pause after repeats, tell the owner once
    ├── ItemUnreadable      set this one item aside with its raw form; the rest goes on
    ├── DraftError          this template cannot be used; names the file and the line
    ├── DecisionError       nothing was changed; says who was first, or what stands in the way
    └── DeliveryError       keep it in the outbox; permanent or not

An error carries a code and values (what is stored); its text is the sentence `repmon.wording` has for them.
"""

from repmon.wording import say


class RepmonError(Exception):
    """Anything repmon expects to go wrong."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return say(self.code, self.values)

    def stored(self) -> dict[str, object]:
        """Give the error as it is remembered: code and values, the sentence is made when somebody looks."""
        return {"code": self.code, "values": {name: _storable(value) for name, value in self.values.items()}}


class ConfigError(RepmonError):
    """The configuration cannot be used; `problems` holds one line for each mistake, all at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("config_invalid", problems=problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(self.problems)


class StoreError(RepmonError):
    """The database refused: full disk, read-only, locked by another daemon, newer than this repmon."""


class SourceError(RepmonError):
    """One source could not be read; the others go on."""

    status = "down"


class SourceBusy(SourceError):
    """The site asks us to wait; `retry_after` is in seconds from now, None when it did not say."""

    status = "busy"

    def __init__(self, code: str, *, retry_after: float | None = None, **values: object) -> None:
        super().__init__(code, **values)
        self.retry_after = retry_after


class SourceDown(SourceError):
    """The site did not answer, or answered that it is ill."""

    status = "down"


class SourceRefused(SourceError):
    """The site knows us and says no: wrong key, revoked consent, wrong id. Trying again cannot help."""

    status = "refused"


class SourceChanged(SourceError):
    """The site answered something it never answered before; reading it as reviews would be guessing."""

    status = "changed"


class ItemUnreadable(RepmonError):
    """One item is not a review in a form we know; `field` names the culprit."""

    def __init__(self, field: str, code: str = "field_unreadable", **values: object) -> None:
        super().__init__(code, field=field, **values)
        self.field = field


class DraftError(RepmonError):
    """A reply template is not usable."""


class DecisionError(RepmonError):
    """What a person wanted to do with a draft cannot be done; nothing was changed."""


class DeliveryError(RepmonError):
    """One message did not reach one target; `permanent` says that trying again cannot help."""

    def __init__(self, code: str, *, permanent: bool = False, **values: object) -> None:
        super().__init__(code, **values)
        self.permanent = permanent


def _storable(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
