"""What is said once on the next page: a code and its values in a signed cookie that page takes away."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "repmon_said"
SECONDS = 60
LONGEST_VALUE = 300
LONGEST = 3000
"""Browsers drop a cookie over 4,096 bytes without a word."""


@dataclass(frozen=True, slots=True)
class Said:
    """A code of `repmon.wording` and its values; `wrong` when it says what stood in the way."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    wrong: bool = False


class Flash:
    """Carries one message from an act to the page after it. Signed, so that nobody else makes the desk say things."""

    def __init__(self, key: str) -> None:
        self._signer = URLSafeSerializer(key, salt="said")

    def put(self, response: Response, said: Said) -> None:
        """Send the message along."""
        values = {name: _short(value) for name, value in said.values.items()}
        carried = self._signer.dumps([said.code, values, said.wrong])
        if len(carried) > LONGEST:
            carried = self._signer.dumps([said.code, {}, said.wrong])
        response.set_cookie(COOKIE, str(carried), max_age=SECONDS, path="/", httponly=True, samesite="lax")

    def take(self, request: Request) -> Said | None:
        """Read the message that came along; None when there is none, or it is not from us."""
        carried = request.cookies.get(COOKIE)
        if not carried:
            return None
        try:
            code, values, wrong = self._signer.loads(carried)
        except (BadData, ValueError, TypeError):
            return None
        return Said(code, values, wrong)

    def clear(self, response: Response) -> None:
        """Say it only once."""
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def _short(value: object) -> object:
    return value if isinstance(value, bool | int | float | None) else str(value)[:LONGEST_VALUE]
