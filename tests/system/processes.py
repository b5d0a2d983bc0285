"""The whole system as `make run` starts it: bot.run with its three processes, on free ports, in a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx

from bot.bootstrap import MODELS, ROOT

PYTHON = ROOT / ".venv" / "app" / "bin" / "python"
MODEL = MODELS / "parley.tar.gz"
START_SECONDS = 150.0
NAMES = {"actions": "bot.actions", "assistant": "rasa run", "gateway": "bot.app:create_app"}


def free_port() -> int:
    """A port that was free a moment ago."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped does not."""
    return any(number == pid for number, _, _ in processes())


def processes() -> list[tuple[int, int, str]]:
    """Every process that runs: its number, its parent's, its command line."""
    table = subprocess.run(["ps", "-axww", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True).stdout
    rows = (line.split(None, 3) for line in table.splitlines())
    return [(int(row[0]), int(row[1]), row[3]) for row in rows if len(row) == 4 and not row[2].startswith("Z")]


class System:
    """Gateway, assistant and actions under one bot.run."""

    def __init__(self, folder: Path, *, gateway: int = 0, assistant: int = 0, actions: int = 0) -> None:
        """Ports that are 0 are chosen."""
        self.folder = folder
        gateway, assistant, actions = (port or free_port() for port in (gateway, assistant, actions))
        self.url = f"http://127.0.0.1:{gateway}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "DATABASE_URL"))},
            "PYTHONPATH": str(ROOT),
            "PARLEY_VAR": str(folder),
            "PARLEY_PORT": str(gateway),
            "PARLEY_ASSISTANT_URL": f"http://127.0.0.1:{assistant}",
            "PARLEY_ACTIONS_URL": f"http://127.0.0.1:{actions}",
            "PARLEY_SECRET": "s" * 40,
            "PARLEY_ASSISTANT_SECRET": "a" * 40,
            "PARLEY_IDENTITY_SECRET": "i" * 40,
        }
        self.runner: subprocess.Popen[bytes] | None = None

    @property
    def database_url(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder / 'parley.db'}"

    def start(self) -> None:
        """Starts bot.run and waits until it is healthy."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "run.log").open("wb") as output:
            self.runner = subprocess.Popen(
                [PYTHON, "-m", "bot.run"],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.healthy(START_SECONDS)

    def stop(self) -> None:
        """Ctrl-C; what is still there after half a minute is killed."""
        if self.runner is None:
            return
        children = self.pids()
        if self.runner.poll() is None:
            self.runner.send_signal(signal.SIGINT)
            try:
                self.runner.wait(30)
            except subprocess.TimeoutExpired:
                self.runner.kill()
        for pid in children.values():
            if alive(pid):
                os.kill(pid, signal.SIGKILL)

    def healthy(self, within: float = 60.0) -> None:
        """Waits for GET /health to be 200."""
        wait_until(self._is_healthy, within, lambda: f"not healthy; see the logs:\n{self.logs()}")

    def _is_healthy(self) -> bool:
        assert self.runner is None or self.runner.poll() is None, f"bot.run has ended:\n{self.logs()}"
        try:
            return httpx.get(f"{self.url}/health", timeout=5.0, trust_env=False).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def pids(self) -> dict[str, int]:
        """The process numbers of bot.run's supervisor and of what it watches, by name."""
        assert self.runner is not None
        table = processes()
        found: dict[str, int] = {}
        for pid, parent, _ in table:
            if parent == self.runner.pid:
                found["supervisor"] = pid
        for pid, parent, command in table:
            for name, part in NAMES.items():
                if parent == found.get("supervisor") and part in command:
                    found[name] = pid
        return found

    def kill(self, name: str) -> int:
        """SIGKILL to one of the three, now; returns the number that it had."""
        pid = self.pids()[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    def signal(self, name: str, number: signal.Signals) -> None:
        os.kill(self.pids()[name], number)

    def rows(self, query: str, *values: object) -> list[Any]:
        """What a query finds in the log's database."""
        with closing(sqlite3.connect(f"file:{self.folder / 'parley.db'}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(query, values).fetchall()

    def answered_once(self, conversation_id: str) -> None:
        """Raises unless every message of the buyer has exactly one answer, in the order of the messages.

        Once a person has been called in, the messages after that are left to the person.
        """
        query = "SELECT seq, sender, reply_to, pending FROM messages WHERE conversation_id = ? ORDER BY seq"
        found = self.rows(query, conversation_id)
        ((owner,),) = self.rows("SELECT owner FROM conversations WHERE id = ?", conversation_id)
        asked = [seq for seq, sender, _, _ in found if sender == "buyer"]
        answered = [reply_to for _, sender, reply_to, _ in found if sender == "bot"]
        assert answered == (asked if owner == "bot" else asked[: len(answered)]), found
        assert not any(pending for *_, pending in found), found

    def logs(self) -> str:
        """The last lines of every log."""
        texts = []
        for path in [self.folder / "run.log", *sorted((self.folder / "log").glob("*.log"))]:
            if path.is_file():
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
                texts.append(f"--- {path.name}\n" + "\n".join(lines))
        return "\n".join(texts)


def wait_until(condition: Any, within: float, complaint: Any = lambda: "not in time") -> None:
    """Asks until the condition holds; raises AssertionError with the complaint after `within` seconds."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, complaint()
        time.sleep(0.05)  # between two looks at another process, which sends no event
