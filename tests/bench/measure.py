"""The measurements themselves: one talker, a long conversation, many talkers at once."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.buyers import Buyer, Talker
from tests.bench.figures import growth, percentile, rates
from tests.bench.machine import Meter, Processes
from tests.bench.script import REPEATED

Opening = Callable[[], Awaitable[Talker]]
EARLY, LATE = range(3, 9), range(295, 306)
WINDOW_SECONDS = 4.0


@dataclass(frozen=True)
class Load:
    """How many talk at once, and for how long (after a run-up that does not count)."""

    talkers: int = 32
    seconds: float = 24.0
    run_up: float = 4.0


async def one(opening: Opening, script: Sequence[str], turns: int) -> dict[str, Any]:
    """Median and 95th percentile in ms of one talker's turns, after one round of the script as a warm-up."""
    talker = await opening()
    try:
        for text in script:
            await talker.say(text)
        times = [1000 * await talker.say(text) for text in itertools.islice(itertools.cycle(script), turns)]
    finally:
        await talker.close()
    return {"turns": turns, "median_ms": statistics.median(times), "p95_ms": percentile(times, 0.95)}


async def long_conversation(
    open_buyer: Callable[[], Awaitable[Buyer]], late: range = LATE, told: Callable[[str], None] = print
) -> dict[str, Any]:
    """Late turns of one conversation over its early ones, and over those of fresh conversations at the same time.

    The fresh conversations take turns with the long one and say the same words: what else the machine does
    meanwhile slows both alike.
    """
    script = itertools.cycle(REPEATED)
    long, fresh, opened = await open_buyer(), await open_buyer(), []
    opened += [long, fresh]
    early_times, late_times, fresh_times = [], [], []
    fresh_turn = 0
    try:
        for turn in range(1, late.stop):
            text = next(script)
            taken = await long.say(text)
            if turn in EARLY:
                early_times.append(taken)
            if turn % 100 == 0:
                told(f"turn {turn}")
            if turn not in late:
                continue
            late_times.append(taken)
            if fresh_turn + 1 not in EARLY:
                fresh, fresh_turn = await open_buyer(), EARLY.start - 1
                opened.append(fresh)
                for first in REPEATED[:fresh_turn]:
                    await fresh.say(first)
            fresh_times.append(await fresh.say(text))
            fresh_turn += 1
    finally:
        for buyer in opened:
            await buyer.close()
    return {
        "early_ms": 1000 * statistics.median(early_times),
        "late_ms": 1000 * statistics.median(late_times),
        "fresh_at_the_same_time_ms": 1000 * statistics.median(fresh_times),
        "late_over_early": growth(late_times, early_times),
        "late_over_fresh": growth(late_times, fresh_times),
    }


async def many(opening: Opening, script: Sequence[str], load: Load, processes: Processes) -> dict[str, Any]:
    """Turns per second of many talkers, each of whom speaks again as soon as the answer is there."""
    answers: list[tuple[float, float]] = []
    talkers = await asyncio.gather(*(opening() for _ in range(load.talkers)))

    enough = asyncio.Event()

    async def talk(talker: Talker, texts: Iterator[str]) -> None:
        for text in texts:
            if enough.is_set():
                return
            taken = await talker.say(text)
            answers.append((time.perf_counter(), 1000 * taken))

    # Each begins at another place of the script.
    scripts = [itertools.islice(itertools.cycle(script), i, None) for i in range(load.talkers)]
    tasks = [asyncio.create_task(talk(t, s)) for t, s in zip(talkers, scripts, strict=True)]
    try:
        await _unless_broken(tasks, load.run_up)
        meter = Meter(processes)
        begin = time.perf_counter()
        await _unless_broken(tasks, load.seconds)
        seconds = time.perf_counter() - begin
        used = meter.read()
        enough.set()
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(talker.close() for talker in talkers))
    counted = [(moment, taken) for moment, taken in answers if begin <= moment < begin + seconds]
    windows = rates((m for m, _ in counted), begin, seconds, min(WINDOW_SECONDS, load.seconds))
    return {
        "talkers": load.talkers,
        "seconds": seconds,
        "turns": len(counted),
        "turns_per_second": len(counted) / seconds,
        "slowest_window": min(windows),
        "fastest_window": max(windows),
        "median_ms": statistics.median(taken for _, taken in counted),
        "p95_ms": percentile((taken for _, taken in counted), 0.95),
        "cpu_ms_per_turn": {name: 1000 * cpu / len(counted) for name, cpu in used.by_process.items()},
        "generator_share": used.own / seconds / used.cores,
        "others_share": used.others / seconds / used.cores,
    }


async def _unless_broken(tasks: Sequence[asyncio.Task[None]], seconds: float) -> None:
    """Waits; a talker that ends has failed, and raises here what it failed with."""
    ended, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in ended:
        task.result()
