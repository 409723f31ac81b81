"""Unpack a body piece by piece, so that a small answer can never become a large one in memory."""

import zlib
from collections.abc import Iterable, Iterator

PIECE = 64 * 1024
"""Bytes unpacked at a time: all that is ever held beyond the cap."""

MOST_CODINGS = 2
MOST_MEMBERS = 100


class NotPacked(Exception):
    """The body is not what its content-encoding says, or is packed in a way we did not ask for."""


class Torn(Exception):
    """The packed body ends, or breaks, before its end."""


class TooLarge(Exception):
    """The body, packed or unpacked, is over the cap."""


def unpacked(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """The body that `pieces` carry under a content-encoding (RFC 9110 §8.4), at most `max_bytes` long.

    The packed bytes are held to the same cap: a stream of empty blocks unpacks to nothing and never ends.
    Raises NotPacked, Torn, TooLarge.
    """
    stream = _capped(pieces, max_bytes)
    codings = [coding for coding in encoding.lower().replace(" ", "").split(",") if coding not in ("", "identity")]
    if len(codings) > MOST_CODINGS:
        raise NotPacked
    for coding in reversed(codings):
        stream = _capped(_inflated(stream, coding), max_bytes)
    body = bytearray()
    for piece in stream:
        body += piece
    return bytes(body)


def _capped(pieces: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    seen = 0
    for piece in pieces:
        seen += len(piece)
        if seen > max_bytes:
            raise TooLarge
        yield piece


def _inflated(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The pieces unpacked; several gzip members one after the other are one body (RFC 1952 §2.2)."""
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise NotPacked
    machine = None
    members = 0
    for piece in pieces:
        rest = piece
        while rest:
            if machine is None or machine.eof:
                members += 1
                machine = _machine(coding, rest, members)
            yield from _drained(machine, rest)
            rest = machine.unused_data
    if machine is not None and not machine.eof:
        raise Torn


def _drained(machine: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    """All that these packed bytes hold, PIECE by PIECE; stops at the end of a member."""
    first = True
    while not machine.eof:
        try:
            piece = machine.decompress(packed, PIECE)
        except zlib.error:
            raise (NotPacked if first else Torn) from None
        first = False
        packed = machine.unconsumed_tail
        if piece:
            yield piece
        if not packed and len(piece) < PIECE:
            return


def _machine(coding: str, packed: bytes, members: int) -> "zlib._Decompress":
    """Unpacks one member. `deflate` should be zlib's format, yet some send it bare; zlib's first low nibble is 8."""
    if members > (1 if coding == "deflate" else MOST_MEMBERS):
        raise NotPacked
    if coding != "deflate":
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    return zlib.decompressobj(zlib.MAX_WBITS if packed[0] & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS)
