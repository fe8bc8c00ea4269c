"""Where other machines of a network find this one: its addresses and names, found without asking anybody outside."""

from __future__ import annotations

import ipaddress
import socket
import threading

from . import server

# Reserved for documentation: nobody has them. Nothing is sent there either; see `towards`.
NOWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
ANY_PORT = 9
PATIENCE = 2.0  # s: where a name server is set but out of reach, a system may look for a name much longer
PLAIN = ("There the page comes over plain http: it works, but a browser keeps nothing for a visit without the "
         "network. If no machine gets an answer, this one's firewall must let Python be reached; it may be asking now.")
LOST = ("This machine has no address at which another one could reach it: join the network first, or look up the address in "
        "the system's settings and give it by --host ADDRESS.")


def towards(family: int, place: str) -> str | None:
    """Returns the address from which this machine would send to a place, or None where no way leads there.

    Connecting a datagram socket only chooses the way: no packet leaves.
    """
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((place, ANY_PORT))
            return probe.getsockname()[0]
    except OSError:
        return None


def resolved(name: str) -> list[str]:
    """Returns the addresses of a name, none where it has none or they take too long to find."""
    found: list[str] = []

    def resolve() -> None:
        try:
            found.extend(entry[4][0] for entry in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            pass

    thread = threading.Thread(target=resolve, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return list(found)


def is_for_others(address: str) -> bool:
    """Says whether another machine can type an address: not this machine's own loop, nor one for a single cable."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified or parsed.is_multicast)


def addresses(own_names: list[str]) -> list[str]:
    """Lists this machine's addresses in its networks, the likeliest first; version 6 only where there is no other."""
    found = [towards(family, place) for family, place in NOWHERE]
    for name in own_names:
        found += resolved(name)
    usable = list(dict.fromkeys(address for address in found if address and is_for_others(address)))
    return [address for address in usable if ":" not in address] or usable


def names() -> list[str]:
    """Lists what this machine may be called in its networks."""
    own = socket.gethostname()
    short = own.split(".")[0]
    return [name for name in dict.fromkeys([f"{short}.local", own]) if name and name != "localhost"]


def hosts() -> list[str]:
    """Lists what to type on another machine to reach this one: addresses, then the names that lead to one of them."""
    own_names = names()
    reached = addresses(own_names)
    return reached + [name for name in own_names if set(resolved(name)) & set(reached)]


def announcement(site: server.Server, host: str) -> str:
    """Says where a server that listens at `host` is reached: one address a line, then what is different there."""
    if host in server.WRITTEN_EVERYWHERE:
        found = [server.address(site, host=name) for name in hosts()]
        told = ["On other machines of the network:", *found, PLAIN] if found else [LOST]
        return "\n".join([server.address(site), *told])
    alone = ipaddress.ip_address(site.server_address[0].split("%")[0]).is_loopback
    return server.address(site, host=host) + ("" if alone else f"\n{PLAIN}")
