"""The names the desk answers to, and whose word about a visitor's address it takes."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.requests import Request

from repmon.config import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST = 60
_ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - names that are never a host somebody asks for


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the configuration says about where the desk is. `public` is its address for people, "" when not given."""

    hosts: frozenset[str]
    public: str = ""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()

    @property
    def public_host(self) -> str:
        """Host and port of the public address as a browser sends them; "" without one."""
        return urlsplit(self.public).netloc.rpartition("@")[2].lower()

    @property
    def public_is_secure(self) -> bool:
        """Whether people reach the desk over https."""
        return self.public.startswith("https://")

    def knows(self, host: str) -> bool:
        """Tell whether a Host header (`name`, `name:port`, `[v6]:port`) names us."""
        return bare(host) in self.hosts

    def trusts(self, peer: str) -> bool:
        """Tell whether this neighbour is one of the proxies named in the configuration."""
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self.proxies)


def addresses(settings: Settings) -> Addresses:
    """Read them out of the configuration."""
    web = settings.web
    listen = {web.address[0].lower()} - _ANY if web.address else set[str]()
    public = {(urlsplit(web.url).hostname or "").lower()} if web.url else set[str]()
    proxies = tuple(ip_network(each, strict=False) for each in web.trusted_proxies)
    return Addresses(LOOPBACK | listen | public, web.url or "", proxies)


def bare(host: str) -> str:
    """The name in a Host header, lower case, without port and brackets; "" for what is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".") if host else ""
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Tell whether a Host header names this very machine."""
    name = bare(host)
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def visitor_address(request: Request) -> str:
    """Where a request comes from, for counting tries: of IPv6 the network, for one household has 2^64 addresses."""
    given = request.client.host if request.client else ""
    try:
        address = ip_address(given)
    except ValueError:
        return given[:_LONGEST]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None and not address.is_loopback:
        return str(ip_network(f"{given.partition('%')[0]}/64", strict=False))
    return str(address)
