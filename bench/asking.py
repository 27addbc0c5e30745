"""Asking a service: eight connections at once that ask one after the other, for some seconds."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count

CONNECTIONS = 8
FINE = range(200, 300)


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as it is sent."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking for a while: seconds of each answer, and of all."""

    times: Sequence[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def at(self, share: float) -> float:
        """Give the time within which a share of the answers came, in milliseconds."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


Making = Callable[[int], Request]


def ask(port: int, make: Making, seconds: float, most: int, first: int = 0) -> Asked:
    """Send requests, made by their number, for so many seconds or until there were so many.

    Raises RuntimeError with the answer, if one is not a success.
    """
    asking = _Asking(port, make, time.monotonic() + seconds, first + most, count(first))
    began = time.monotonic()
    threads = [threading.Thread(target=asking.one) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if asking.faults:
        raise RuntimeError(asking.faults[0])
    return Asked(asking.times, time.monotonic() - began)


@dataclass(slots=True)
class _Asking:
    """What the connections share: the next number, the times so far, and a fault that stops all."""

    port: int
    make: Making
    until: float
    end: int
    numbers: "count[int]"
    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def one(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self.faults and time.monotonic() < self.until:
            number = next(self.numbers)
            if number >= self.end:
                break
            self._send(connection, self.make(number))
        connection.close()

    def _send(self, connection: HTTPConnection, request: Request) -> None:
        began = time.perf_counter()
        connection.request(request.method, request.path, request.body, dict(request.headers))
        response = connection.getresponse()
        content = response.read()
        self.times.append(time.perf_counter() - began)
        if response.status not in FINE:
            self.faults.append(f"{request.path}: {response.status} {content[:400]!r}")
