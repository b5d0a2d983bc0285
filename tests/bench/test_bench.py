"""The parts of the benchmark that need no running system."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.bench.figures import Figure, as_json, growth, percentile, rates, table
from tests.bench.script import MIXED, REPEATED
from tests.bench.wire import Connection


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1), (0.5, 5), (0.9, 9), (0.95, 10), (1.0, 10)])
def test_percentile_is_a_value_that_was_measured(share: float, expected: float) -> None:
    assert percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], share) == expected


def test_percentile_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_growth_compares_medians_so_that_one_outlier_does_not_count() -> None:
    assert growth([3.0, 3.0, 99.0], [2.0, 2.0, 2.0]) == 1.5


def test_rates_count_whole_windows_only() -> None:
    assert rates([9.9, 10.0, 10.5, 11.9, 12.0, 14.2], begin=10.0, seconds=4.5, width=2.0) == [1.5, 0.5]


@pytest.mark.parametrize(
    ("better", "reached", "met"),
    [("less", 60, True), ("less", 60.1, False), ("more", 60, True), ("more", 59.9, False), ("more", None, None)],
)
def test_a_figure_knows_whether_it_is_met(better: str, reached: float | None, met: bool | None) -> None:
    assert Figure("key", "name", reached, asked=60, better=better).met is met


def test_the_table_shows_what_was_asked_and_reached() -> None:
    rows = [
        Figure("speed", "speed", 12.34, "turns/s", 60, "more", 1),
        Figure("ratio", "ratio", 2.0, digits=2),
        Figure("lost", "lost", None, "s", 5),
    ]
    head, line, *body = table(rows).splitlines()
    assert head.split() == ["asked", "reached", "met"]
    assert set(line) == {"-"}
    assert body[0].split("  ")[0] == "speed"
    assert "at least 60 turns/s" in body[0]
    assert body[0].endswith("NO")
    assert body[1].split() == ["ratio", "2.00"]
    assert "not measured" in body[2]


def test_the_json_names_every_figure_by_its_key() -> None:
    report = json.loads(json.dumps(as_json([Figure("start_s", "second start", 9.5, "s", 60)], quick=True)))
    assert report["quick"] is True
    assert set(report["figures"]) == {"start_s"}
    assert set(report["figures"]["start_s"]) == {"name", "reached", "unit", "asked", "better", "digits", "met"}
    assert report["figures"]["start_s"]["met"] is True


def test_no_two_neighbours_of_a_script_are_alike() -> None:
    for script in (MIXED, REPEATED):
        assert all(a != b for a, b in zip(script, script[1:] + script[:1], strict=True))


def test_the_client_reads_answers_and_events_however_they_are_cut() -> None:
    answer = b'HTTP/1.1 202 Accepted\r\nContent-Length: 9\r\n\r\n{"seq":1}'
    stream = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for part in ('event: status\ndata: {"owner":"bot"}\n\n: alive\n\nid: 2\nev', 'ent: message\ndata: {"seq":2}\n\n'):
        stream += f"{len(part.encode()):x}\r\n{part}\r\n".encode()
    stream += b"0\r\n\r\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if head.startswith(b"POST"):
            assert b"Authorization: Bearer secret" in head
            assert json.loads(await reader.readexactly(int(head.split(b"Content-Length: ")[1].split()[0]))) == {
                "a": "é"
            }
        for byte in answer if head.startswith(b"POST") else stream:
            writer.write(bytes([byte]))
        await writer.drain()
        writer.close()

    async def talk() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            address = server.sockets[0].getsockname()
            connection = await Connection.open(address)
            assert await connection.post("/x", {"a": "é"}, "secret") == (202, {"seq": 1})
            # The server has hung up meanwhile.
            assert await connection.post("/x", {"a": "é"}, "secret") == (202, {"seq": 1})
            connection.close()
            listening = await Connection.open(address)
            events = [event async for event in listening.events("/events", "secret")]
            listening.close()
        assert events == [("status", {"owner": "bot"}), ("message", {"seq": 2})]

    asyncio.run(talk())
