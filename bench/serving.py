"""Services under measurement: started with gunicorn, alike for all, and watched through /proc."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

TOP = Path(__file__).parent.parent
WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60


@dataclass(slots=True)
class Service:
    """A gunicorn with its workers, listening on a port of this machine."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    started_in: float = 0.0

    def cpu(self) -> float:
        return cpu_of(self.process.pid)

    def workers(self) -> list[int]:
        return _children(self.process.pid)

    def memory(self) -> int:
        """Give the bytes of the largest worker: its own, and its share of what all hold."""
        return max(map(_held, self.workers()), default=0)


@contextmanager
def serving(
    name: str, given: Sequence[str], port: int, environment: Mapping[str, str]
) -> Iterator[Service]:
    """Start gunicorn with some arguments and wait until it answers; stop it at the end."""
    common = ("--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--keep-alive", "60")
    command = [sys.executable, "-m", "gunicorn", *given, *common]
    began = time.monotonic()
    quiet = subprocess.DEVNULL  # a line for each request
    process = subprocess.Popen(
        command, cwd=TOP, env={**os.environ, **environment}, stdout=quiet, stderr=quiet
    )
    service = Service(name, port, process)
    try:
        while not _answers(port):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise RuntimeError(f"{name} did not start")
            time.sleep(0.02)
        service.started_in = time.monotonic() - began
        yield service
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def cpu_of(pid: int) -> float:
    """Give the processor seconds of a process, of those it has started, and of those that ended."""
    return sum(_spent(each) for each in (pid, *_children(pid)))


def _spent(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return [each for child in found for each in (child, *_children(child))]


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
