"""Figures of the service for Prometheus (extra `metrics`): how much, how long, how it ended.

The master process serves them on a port of its own, to this machine alone (deploy/gunicorn.py).
"""

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from resettle.web.watching import Seen

HERE = "127.0.0.1"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
REQUESTS = Counter("resettle_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("resettle_request_seconds", "Time to answer", ["route"], buckets=BUCKETS)


def count(seen: Seen) -> None:
    REQUESTS.labels(seen.method, seen.route, str(seen.status)).inc()
    SECONDS.labels(seen.route).observe(seen.seconds)


def serve(port: int) -> None:
    """Serve the figures of all worker processes together."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    start_http_server(port, HERE, registry)


def forget(pid: int) -> None:
    """Let go of the figures of a worker that has ended."""
    mark_process_dead(pid)  # type: ignore[no-untyped-call]
