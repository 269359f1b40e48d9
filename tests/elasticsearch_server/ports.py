"""Ports of this machine for servers that tests start."""

import random
import socket
from itertools import islice

# Below those that the system gives to connections, so that a killed node finds its port free again.
PORTS = range(20000, 32000)


def free_ports(count: int) -> list[int]:
    """So many different ports of this machine on which nobody listens."""
    ports = filter(is_free, random.SystemRandom().sample(PORTS, len(PORTS)))
    found = list(islice(ports, count))
    if len(found) < count:
        raise OSError("no free ports on this machine")
    return found


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of the machine."""
    with socket.socket() as trial:
        # As the server does: what is left of closed connections does not count.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
