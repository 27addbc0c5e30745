"""How gunicorn serves resettle: gunicorn -c deploy/gunicorn.py wsgi:app."""

import gc
import os
import sys
import tempfile
from typing import Any

from resettle.settings import BadSettings, Settings
from resettle.web.watching import CONFIG

try:
    settings = Settings.from_environment()
except BadSettings as error:
    # Told once and plainly, before any process is made that would tell it again.
    sys.stderr.write(f"{error}\n")
    sys.exit(78)

if settings.metrics_port:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="resettle-figures-"))

# Nothing that is made while it starts is garbage, so nobody looks for any until it stands.
gc.disable()

bind = os.environ.get("RESETTLE_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("RESETTLE_WORKERS", "2"))
worker_class = "gthread"
# Made once and shared by all workers; a new release or new settings therefore want a restart.
preload_app = True
# As many as are served at once and as wait, and a few who turn the others away and say it lives.
threads = settings.served_at_once + settings.waiting + 4
control_socket_disable = True
graceful_timeout = 30  # what is under way is finished, then it stops
timeout = 60
keepalive = 5
max_requests = 20_000  # a worker that grew is replaced, not all at the same moment
max_requests_jitter = 2_000
limit_request_line = 8_190
limit_request_fields = 100
forwarded_allow_ips = os.environ.get("RESETTLE_PROXY", "127.0.0.1")
logconfig_dict = CONFIG


def when_ready(_server: Any) -> None:
    """Set what stands now apart from what comes and goes, so that the workers go on sharing it."""
    gc.collect()
    gc.freeze()
    gc.enable()
    if settings.metrics_port:
        from resettle.web import metrics  # noqa: PLC0415  # only where the extra is installed

        metrics.serve(settings.metrics_port)


def child_exit(_server: Any, worker: Any) -> None:
    if settings.metrics_port:
        from resettle.web import metrics  # noqa: PLC0415  # the same

        metrics.forget(worker.pid)
