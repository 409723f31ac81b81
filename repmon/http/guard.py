"""Which addresses a source may use: public ones, and the private ones that `[http] allow` names.

Python's `is_global` alone is not enough: it calls `::ffff:100.64.0.1`, `64:ff9b::7f00:1`, `2002:7f00:1::`, `fec0::1`,
multicast and the metadata services of two clouds public. So an address is unwrapped first, every address inside it
has to be public too, and a few ranges are named here.
"""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from socket import inet_aton

from repmon.errors import SourceRefused

_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291 §2.4, IANA: all that is handed out so far
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_COMPATIBLE = IPv6Network("::/96")  # RFC 4291 §2.5.5.1, deprecated
_CLOSED = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # RFC 6890; one cloud's metadata service is 192.0.0.192
        "192.88.99.0/24",  # RFC 7526: relays of 6to4, retired
        "168.63.129.16/32",  # one cloud's agent and metadata service, in its public range
        "3fff::/20",  # RFC 9637: documentation
    )
)
_LOCAL_NAMES = ("localhost", "metadata", "metadata.google.internal")


class Guard:
    """Refuses addresses that are not public unless `allow` (addresses or CIDR, ValueError if neither) names them."""

    def __init__(self, allow: Sequence[str] = ()) -> None:
        self._allow = tuple(ip_network(block, strict=False) for block in allow)

    def permits(self, address: str) -> bool:
        """Whether a connection to this very address (as text, perhaps with an IPv6 zone) may be made."""
        try:
            given = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        plain = (given.ipv4_mapped or given) if isinstance(given, IPv6Address) else given
        if any(plain in block for block in self._allow):
            return True
        return all(_is_public(each) for each in (plain, *_inside(plain)))

    def permitted(self, host: str, addresses: Sequence[str]) -> list[str]:
        """Those of a host's addresses that may be used; SourceRefused when there is none."""
        usable = [address for address in addresses if self.permits(address)]
        if not usable:
            raise SourceRefused("address_refused", host=host, address=", ".join(addresses[:3]))
        return usable

    def check_spelling(self, host: str) -> None:
        """SourceRefused when the text of a host already is a refused address, in any of its spellings.

        This is all that can be known where a proxy looks names up for us.
        """
        name = host.strip("[]").rstrip(".").lower()
        if name in _LOCAL_NAMES or name.endswith(".localhost"):
            raise SourceRefused("address_refused", host=host, address=name)
        address = _spelled(name)
        if address is not None:
            self.permitted(host, [address])


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST and address not in _NAT64:
        return False
    closed = address.is_multicast or any(address in block for block in _CLOSED)
    return address.is_global and not closed


def _inside(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return
    if address in _NAT64 or address in _COMPATIBLE:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    if address.sixtofour is not None:
        yield address.sixtofour
    yield from address.teredo or ()


def _spelled(name: str) -> str | None:
    """The address that a host's text is, old IPv4 spellings (`127.1`, `0x7f000001`, `2130706433`) included."""
    try:
        return str(ip_address(name))
    except ValueError:
        pass
    try:
        return str(IPv4Address(inet_aton(name)))
    except (OSError, UnicodeEncodeError):
        return None
