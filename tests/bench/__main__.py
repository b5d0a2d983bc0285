"""Command line: python -m tests.bench [--quick]."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop

from bot.bootstrap import ROOT
from tests.bench import measure, script, systems
from tests.bench.buyers import Buyer, NoAnswer, Sender
from tests.bench.figures import Figure, as_json, table
from tests.bench.measure import Load
from tests.bench.systems import BenchError, Parley, System
from tests.bench.wire import WireError

BEGIN = time.monotonic()
CONVERSATIONS = 3
QUIET = 0.1
MISHAPS = (NoAnswer, WireError, OSError, EOFError)


def told(line: str) -> None:
    """Says what is going on."""
    print(f"[{time.monotonic() - BEGIN:4.0f} s] {line}", flush=True)


def parley(quick: bool) -> dict[str, Any]:
    """All measurements of Parley."""
    load = Load(seconds=4.0, run_up=1.0) if quick else Load()
    with Parley() as house:
        told("Starting Parley for the first time")
        with house.running() as system:
            first = system.start_seconds
        told(f"  ready after {first:.1f} s; starting it for the second time")
        with house.running() as system:
            told(f"  ready after {system.start_seconds:.1f} s")
            try:
                measured = uvloop.run(_parley(system, load, quick))
            except MISHAPS as error:
                raise BenchError(f"{error}\n{house.died()}".strip()) from error
            measured |= {"first_start_s": first, "second_start_s": system.start_seconds}
            measured["memory_mb"] = system.memory()
    return measured


async def _parley(system: System, load: Load, quick: bool) -> dict[str, Any]:
    async def buyer() -> Buyer:
        return await Buyer.open(system.address)

    told("One buyer")
    alone = await measure.one(buyer, script.MIXED, 16 if quick else 96)
    told(f"  {alone['median_ms']:.1f} ms; long conversations")
    late = range(25, 36) if quick else measure.LATE
    long = [
        await measure.long_conversation(buyer, late, lambda line: told(f"  {line}"))
        for _ in range(1 if quick else CONVERSATIONS)
    ]
    told(f"{load.talkers} buyers for {load.seconds:.0f} s")
    crowd = await measure.many(buyer, script.MIXED, load, system.processes)
    _say_load(crowd)
    return {"one": alone, "long": long, "many": crowd}


def stock() -> dict[str, Any]:
    """The same load on what `rasa init` makes."""
    version = systems.stock_version()
    project = systems.stock_project(version)
    with systems.stock(project, told) as system:
        told(f"  ready after {system.start_seconds:.1f} s")
        measured = uvloop.run(_stock(system))
        return {**measured, "version": version, "start_s": system.start_seconds, "memory_mb": system.memory()}


async def _stock(system: System) -> dict[str, Any]:
    async def sender() -> Sender:
        return await Sender.open(system.address)

    told("One sender")
    alone = await measure.one(sender, script.STOCK, 96)
    load = Load()
    told(f"  {alone['median_ms']:.1f} ms; {load.talkers} senders for {load.seconds:.0f} s")
    crowd = await measure.many(sender, script.STOCK, load, system.processes)
    _say_load(crowd)
    return {"one": alone, "many": crowd}


def _say_load(crowd: dict[str, Any]) -> None:
    spread = f"{crowd['slowest_window']:.0f} to {crowd['fastest_window']:.0f}"
    told(f"  {crowd['turns_per_second']:.1f} turns a second ({spread}), median {crowd['median_ms']:.0f} ms")
    costs = ", ".join(f"{name} {ms:.1f}" for name, ms in crowd["cpu_ms_per_turn"].items())
    told(f"  CPU ms a turn: {costs}")
    told(f"  of both cores: load generator {crowd['generator_share']:.0%}, other programs {crowd['others_share']:.0%}")


def disturbed(ours: dict[str, Any], theirs: dict[str, Any] | None) -> str:
    """What programs that do not belong here did to the figures; empty on a quiet machine."""
    shares = {"Parley's load": ours["many"]["others_share"]}
    if theirs:
        shares["stock Rasa's"] = theirs["many"]["others_share"]
    if max(shares.values()) < QUIET:
        return ""
    parts = " and ".join(f"{share:.0%} of the cores during {name}" for name, share in shares.items())
    return f"\nOther programs took {parts}: a quiet machine reaches more."


def figures(ours: dict[str, Any], theirs: dict[str, Any] | None) -> list[Figure]:
    """The lines of the table."""
    long = sorted(ours["long"], key=lambda one: one["late_over_early"])[len(ours["long"]) // 2]
    crowd = ours["many"]
    rows = [
        Figure("one_buyer_median_ms", "one buyer, median", ours["one"]["median_ms"], "ms", 60, digits=1),
        Figure("one_buyer_p95_ms", "one buyer, 95 of 100 turns within", ours["one"]["p95_ms"], "ms", digits=1),
        Figure("turn_300_over_turn_5", "turn 300 over turn 5", long["late_over_early"], "", 1.3, digits=2),
        Figure("turn_300_over_fresh", "  over a fresh conversation then", long["late_over_fresh"], "", digits=2),
        Figure(
            "turns_per_second",
            f"{crowd['talkers']} buyers at once",
            crowd["turns_per_second"],
            "turns/s",
            60,
            "more",
            1,
        ),
        Figure("turns_p95_ms", "  95 of 100 turns within", crowd["p95_ms"], "ms"),
        Figure("memory_gb", "memory of all processes", ours["memory_mb"] / 1000, "GB", 2.5, digits=2),
        Figure("start_s", "second start", ours["second_start_s"], "s", 60, digits=1),
    ]
    if theirs:
        other = theirs["many"]
        rows += [
            Figure("stock_one_median_ms", "stock Rasa: one sender, median", theirs["one"]["median_ms"], "ms", digits=1),
            Figure(
                "stock_turns_per_second",
                f"  {other['talkers']} senders at once",
                other["turns_per_second"],
                "turns/s",
                digits=1,
            ),
            Figure("stock_memory_gb", "  memory", theirs["memory_mb"] / 1000, "GB", digits=2),
            Figure("stock_start_s", "  start", theirs["start_s"], "s", digits=1),
            Figure(
                "turns_over_stock",
                "turns a second, Parley over stock",
                crowd["turns_per_second"] / other["turns_per_second"],
                "times",
                digits=2,
            ),
        ]
    return rows


def main() -> int:
    """Measures, prints, writes; 0 also when a figure is missed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Speed and memory of the running system."
    )
    parser.add_argument("--quick", action="store_true", help="a short smoke test without stock Rasa")
    quick = parser.parse_args().quick

    def ended(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, ended)
    try:
        systems.require_model()
        ours = parley(quick)
        theirs = None if quick else stock()
    except (BenchError, *MISHAPS) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    rows = figures(ours, theirs)
    report = as_json(
        rows,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        quick=quick,
        cores=os.cpu_count(),
        parley=ours,
        stock=theirs,
    )
    path: Path = ROOT / "var" / ("bench-quick.json" if quick else "bench.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(f"\n{table(rows)}\n{disturbed(ours, theirs)}")
    print(f"Written to {path.relative_to(ROOT)}; {time.monotonic() - BEGIN:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
