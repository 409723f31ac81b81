"""What is to be asked of a site: a method, an address, headers, perhaps a body."""

import json as json_text
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from repmon.errors import SourceRefused
from repmon.http.address import for_target, parsed
from repmon.http.lean import httpx

_SENDABLE = re.compile(r"[\t\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class Call:
    """One request before it is sent; `headers` are the caller's own and do not follow to another origin."""

    method: str
    url: httpx.URL
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    conditional: bool = False
    told: tuple[str, ...] = field(default=(), repr=False)
    """What of the body must not come back in a message."""

    @property
    def writes(self) -> bool:
        """Whether sending it twice could do something twice."""
        return self.method != "GET"

    def check(self) -> None:
        """SourceRefused when a header cannot be sent, such as a key with a line break; its value is not shown."""
        for name, value in self.headers.items():
            if not _SENDABLE.fullmatch(value):
                raise SourceRefused("header_unusable", header=name)

    def secrets(self) -> list[str]:
        """Everything in this call that must not come back in a message."""
        values = [part for value in self.headers.values() for part in (value, value.rpartition(" ")[2])]
        return [*values, *(value for _, value in self.url.params.multi_items()), *self.told]

    def moved(self, target: httpx.URL) -> Self:
        """The same call after a redirect."""
        return replace(self, url=target, headers=for_target(self.headers, self.url, target))

    def having(self, headers: Mapping[str, str], *, conditional: bool = False) -> Self:
        """The same call with these headers instead of any that the caller gave under the same names."""
        kept = {name: value for name, value in self.headers.items() if name.lower() not in headers}
        return replace(self, headers=kept | dict(headers), conditional=conditional)


def getting(url: str, params: Mapping[str, str | int] | None, headers: Mapping[str, str] | None) -> Call:
    """A GET; SourceChanged when the address is none."""
    return Call("GET", parsed(url, params), dict(headers or {}))


def writing(
    method: str, url: str, headers: Mapping[str, str] | None, *, json: object = None,
    form: Mapping[str, str] | None = None,
) -> Call:  # fmt: skip
    """A POST or PUT with a JSON document (sent as ASCII, so that no proxy can garble it), a form, or nothing."""
    call = Call(method, parsed(url), dict(headers or {}))
    if form is not None:
        body, kind = urlencode(form), "application/x-www-form-urlencoded"
    elif json is not None:
        body, kind = json_text.dumps(json, allow_nan=False), "application/json"
    else:
        return replace(call, body=b"")
    return replace(call.having({"content-type": kind}), body=body.encode("ascii"))
