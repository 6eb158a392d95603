"""Where messages are told to; made by the settings, so it knows the standard library alone."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Webhook:
    """`networks` are the private ones that may be spoken to.

    `authority` is a file with the certificates that the receiver's own one is checked by.
    """

    url: str
    secret: str = field(repr=False)
    networks: tuple[Network, ...] = ()
    authority: str = ""
