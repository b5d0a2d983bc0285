"""What /proc tells: the processes of a system, their memory, the time they had on the cores."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
Processes = Callable[[], dict[int, str]]


def _stat(pid: int) -> list[str] | None:
    """Fields of /proc/<pid>/stat from the state on; None for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for member in found:
        found += children.get(member, [])
    return found


def birth(pid: int) -> str | None:
    """When the process began, in ticks: a number that was given again belongs to another one. None when it is gone."""
    fields = _stat(pid)
    return None if fields is None or fields[0] == "Z" else fields[19]


def words(pid: int) -> str:
    """The command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def memory(pids: list[int]) -> float:
    """Megabytes of proportional set size: what processes share counts once."""
    total = 0
    for pid in pids:
        try:
            rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    return total * 1024 / 1e6


def cpu_seconds(pid: int) -> float:
    """Seconds that the process has had so far."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0


def busy_seconds() -> float:
    """Seconds that all cores together were busy since the machine began."""
    fields = [int(value) for value in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    user, nice, system, _idle, _waiting, hard, soft = fields[:7]
    return (user + nice + system + hard + soft) / TICK


@dataclass(frozen=True)
class Used:
    """Seconds of the cores between two moments."""

    by_process: dict[str, float]
    own: float
    others: float
    cores: int


class Meter:
    """Who had the cores since it was made: the system, the load generator, and programs that do not belong here."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes()
        self._begin = {pid: cpu_seconds(pid) for pid in self._processes}
        self._own, self._busy = time.process_time(), busy_seconds()

    def read(self) -> Used:
        """What was used up to now."""
        by_process: dict[str, float] = {}
        for pid, name in self._processes.items():
            by_process[name] = by_process.get(name, 0.0) + max(0.0, cpu_seconds(pid) - self._begin[pid])
        own = time.process_time() - self._own
        others = max(0.0, busy_seconds() - self._busy - own - sum(by_process.values()))
        return Used(by_process, own, others, os.cpu_count() or 1)
