"""Starts Parley and stock Rasa on free ports, and leaves nothing behind."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.bootstrap import MODELS, ROOT, VENV, progress, secret_settings
from tests.bench import machine

RASA = VENV / "rasa" / "bin" / "python"
MODEL = MODELS / "parley.tar.gz"
STOCK = ROOT / "var" / "bench" / "stock"
START_SECONDS = 180.0
STOP_SECONDS = 40.0
# A database or a service of the installation is not the benchmark's to fill.
_FOREIGN = ("DATABASE_URL", "PARLEY_TRACKER_URL", "PARLEY_ORDERS_DATABASE", "PARLEY_HOST")
_ROLES = {
    "bot.app:create_app": "gateway",
    "rasa run": "assistant",
    "bot.actions": "actions",
    "supervisord": "supervisor",
    "bot.run": "supervisor",
}


class BenchError(Exception):
    """The benchmark cannot go on; the message is one sentence that says what to do."""


def require_model() -> None:
    """Raises BenchError unless Parley can be started."""
    for python in (VENV / "app" / "bin" / "python", RASA):
        if not python.exists():
            raise BenchError(f"The environment {python.parents[1].name} is missing: run `make train` first.")
    if not MODEL.is_file():
        raise BenchError(f"The model {MODEL.relative_to(ROOT)} is missing: run `make train` first.")


def free_ports(count: int) -> list[int]:
    """Ports on which nobody listens."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


@dataclass
class System:
    """A running system: where it answers, how long it took to start, which processes it consists of."""

    address: tuple[str, int]
    process: subprocess.Popen[bytes]
    start_seconds: float = 0.0

    def processes(self) -> dict[int, str]:
        """Number and role of each process."""
        lines = {pid: machine.words(pid) for pid in machine.family(self.process.pid)}
        return {
            pid: next((role for part, role in _ROLES.items() if part in line), "other") for pid, line in lines.items()
        }

    def memory(self) -> float:
        """Megabytes of all processes together."""
        return machine.memory(list(self.processes()))


def status_of(address: tuple[str, int], path: str) -> int:
    """The status of GET; 0 where nobody answers."""
    connection = http.client.HTTPConnection(*address, timeout=5.0)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


@contextmanager
def running(
    command: list[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    address: tuple[str, int],
    ready: str,
    log: Path,
) -> Iterator[System]:
    """The system for the length of the block, from the moment that GET `ready` is answered with 200."""
    begin = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    system = System(address, process)
    try:
        while status_of(address, ready) != http.client.OK:
            if process.poll() is not None or time.monotonic() - begin > START_SECONDS:
                tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-10:])
                raise BenchError(f"The system did not start; its last words:\n{tail}")
            time.sleep(0.1)
        system.start_seconds = time.monotonic() - begin
        yield system
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to end; what is left of its family after a while is ended by force."""
    # A second Ctrl-C must not leave half of them behind.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        members = {pid: machine.birth(pid) for pid in machine.family(process.pid)}
        process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while (left := _alive(members, process)) and time.monotonic() < deadline:
            time.sleep(0.1)
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def _alive(members: Mapping[int, str | None], process: subprocess.Popen[bytes]) -> list[int]:
    process.poll()
    return [pid for pid, born in members.items() if born is not None and machine.birth(pid) == born]


class Parley:
    """This system in a data folder of its own, which is gone afterwards. The trained model and index are the shop's."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="parley-bench-"))

    @contextmanager
    def running(self) -> Iterator[System]:
        """Starts it; the second time in the same folder is a second start."""
        gateway, assistant, actions = free_ports(3)
        environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        environment |= {
            "PYTHONPATH": str(ROOT),
            "PARLEY_VAR": str(self._folder),
            "PARLEY_PORT": str(gateway),
            "PARLEY_ASSISTANT_URL": f"http://127.0.0.1:{assistant}",
            "PARLEY_ACTIONS_URL": f"http://127.0.0.1:{actions}",
        }
        os.environ["PARLEY_VAR"] = str(self._folder)
        environment |= secret_settings()
        command: list[str | Path] = [VENV / "app" / "bin" / "python", "-m", "bot.run"]
        with running(
            command, ROOT, environment, ("127.0.0.1", gateway), "/health", self._folder / "bench.log"
        ) as system:
            yield system

    def __enter__(self) -> Parley:
        return self

    def died(self) -> str:
        """What the supervisor says about processes that failed or were ended from outside."""
        log = self._folder / "log" / "supervisord.log"
        rows = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
        return "\n".join(row for row in rows if "not expected" in row or "FATAL" in row)

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def stock_version() -> str:
    """Version of Rasa in its environment."""
    code = "from importlib.metadata import version; print(version('rasa'))"
    return subprocess.run([RASA, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _stock_environment() -> dict[str, str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    return {**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, **quiet}


def stock_project(version: str) -> Path:
    """What `rasa init` makes and trains, kept from run to run."""
    project = STOCK / version
    if project.is_dir():
        return project
    STOCK.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="new-", dir=STOCK))
    log = STOCK / "init.log"
    try:
        with progress("Training the stock pipeline, once"), log.open("wb") as output:
            process = subprocess.Popen(
                [RASA, "-m", "rasa", "init", "--no-prompt", "--init-dir", fresh],
                cwd=fresh,
                env=_stock_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                process.wait()
            finally:
                stop(process)
        if process.returncode or not list(fresh.glob("models/*.tar.gz")):
            raise BenchError(f"`rasa init` left no model; see {log.relative_to(ROOT)}.")
        fresh.rename(project)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return project


@contextmanager
def stock(project: Path, told: Callable[[str], None]) -> Iterator[System]:
    """Stock Rasa with its REST channel."""
    (port,) = free_ports(1)
    command: list[str | Path] = [RASA, "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
    told("Starting stock Rasa")
    with running(command, project, _stock_environment(), ("127.0.0.1", port), "/", STOCK / "run.log") as system:
        yield system
