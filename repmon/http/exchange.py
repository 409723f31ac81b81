"""One request and its redirects: sent, read whole and unpacked under every bound, or a typed failure."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from repmon.errors import SourceChanged, SourceDown
from repmon.http.address import redirected, spoken
from repmon.http.answer import Answer
from repmon.http.call import Call
from repmon.http.guard import Guard
from repmon.http.inflate import NotPacked, TooLarge, Torn, unpacked
from repmon.http.lean import httpx
from repmon.http.limits import Limits
from repmon.http.pace import Lanes
from repmon.http.retry import Passing
from repmon.http.wire import Deadline

_MOVED = frozenset((301, 302, 303, 307, 308))
_ERROR_BYTES = 64 * 1024
_REASON = 120


class Exchange:
    """Sends calls over the guarded network; one for the whole process, thread-safe."""

    def __init__(
        self, transport: httpx.BaseTransport, deadline: Deadline, limits: Limits, *, proxied: Guard | None,
        user_agent: str,
    ) -> None:  # fmt: skip
        self._transport = transport
        self._deadline = deadline
        self._limits = limits
        self._proxied = proxied
        self._own = {"user-agent": user_agent, "accept": "*/*", "accept-encoding": "gzip, deflate"}
        self._lanes = Lanes()

    def fetch(self, call: Call, turn: Callable[[httpx.URL], None]) -> Answer:
        """The answer to a call, whatever its status, after at most `limits.redirects` redirects of a GET.

        `turn` is called before every request that is sent; it waits and counts. Raises SourceError and Passing.
        """
        left = self._limits.deadline
        for _ in range(self._limits.redirects + 1):
            turn(call.url)
            answer, left = self._hop(call, left)
            location = answer.headers.get("location")
            if answer.status not in _MOVED or location is None:
                return answer
            if call.writes:
                raise SourceChanged("redirect_refused", url=answer.address, target="")
            call = call.moved(redirected(call.url, location))
        raise SourceChanged("redirects_too_many", url=spoken(call.url), count=self._limits.redirects)

    def _hop(self, call: Call, seconds: float) -> tuple[Answer, float]:
        request = self._request(call)
        lane = self._lanes.one(call.url.host, seconds)
        with _named(call, self._limits.deadline), lane, self._deadline.within(seconds) as left:
            answer = self._read(call, self._transport.handle_request(request))
            return answer, left()

    def _request(self, call: Call) -> httpx.Request:
        if self._proxied is not None:
            self._proxied.check_spelling(call.url.host)
        call.check()
        headers = self._own | {name.lower(): value for name, value in call.headers.items()}
        headers["accept-encoding"] = self._own["accept-encoding"]
        connect = min(self._limits.connect, self._limits.deadline)
        wait = {"connect": connect, "pool": connect}
        return httpx.Request(call.method, call.url, headers=headers, content=call.body, extensions={"timeout": wait})

    def _read(self, call: Call, response: httpx.Response) -> Answer:
        try:
            content = b"" if response.status_code in _MOVED else self._content(response)
        finally:
            response.close()
        return Answer(response.status_code, str(call.url), response.headers, content)

    def _content(self, response: httpx.Response) -> bytes:
        error = response.status_code >= httpx.codes.BAD_REQUEST
        most = _ERROR_BYTES if error else self._limits.max_bytes
        encoding = response.headers.get("content-encoding", "")
        try:
            return unpacked(response.iter_raw(), encoding, most)
        except (NotPacked, TooLarge, Torn, httpx.TransportError):
            if error:  # its status says what matters
                return b""
            raise


@contextmanager
def _named(call: Call, seconds: float) -> Iterator[None]:
    """Give every way in which a network can fail its name; none of the library's words with the request in them."""
    url = spoken(call.url)
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        found = Passing(SourceDown("cannot_connect", url=url, reason=_reason(error)), sent=False)
    except httpx.TimeoutException:
        found = Passing(SourceDown("too_slow", url=url, seconds=seconds))
    except (httpx.TransportError, Torn):
        found = Passing(SourceDown("connection_lost", url=url))
    except TooLarge:
        raise SourceChanged("answer_too_large", url=url) from None
    except NotPacked:
        raise SourceChanged("answer_badly_packed", url=url) from None
    else:
        return
    raise found from None


def _reason(error: httpx.TransportError) -> str:
    """Why no connection could be made, in the system's words (a proxy's are its own)."""
    return "".join(char if char.isprintable() else "?" for char in str(error))[:_REASON]
