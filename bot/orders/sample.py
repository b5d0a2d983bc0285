"""The sample shop: orders in a SQLite file, so that everything can be tried without a shop.

Days are stored relative to today: a demo that is started in a year shows the same parcels still on their way.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.orders.backend import BackendAway, NotPossible
from bot.orders.model import (
    Line,
    Money,
    Order,
    Proof,
    Refund,
    ReturnRequest,
    Shipment,
    TrackingEvent,
    bare_number,
    same_email,
)
from bot.orders.sample_data import ORDERS, SCHEMA

PREFIX = "PL"


def seed(path: Path) -> None:
    """Creates the shop's file where there is none."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh)) as connection:
        connection.executescript(SCHEMA)
        for order in ORDERS:
            _insert(connection, order)
        connection.commit()
    fresh.rename(path)


def _insert(connection: sqlite3.Connection, order: dict[str, Any]) -> None:
    columns = ("number", "state", "placed", "ships_by", "email", "postcode", "country", "currency", "name")
    connection.execute(
        f"INSERT INTO orders ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        [order.get(column) for column in columns],
    )
    for line in order["lines"]:
        connection.execute("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?)", (order["number"], *line))
    for shipment in order.get("shipments", ()):
        connection.execute(
            "INSERT INTO shipments VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (order["number"], *shipment["fields"])
        )
        for event in shipment["events"]:
            connection.execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", (order["number"], shipment["fields"][1], *event)
            )
    for refund in order.get("refunds", ()):
        connection.execute("INSERT INTO refunds VALUES (?, ?, ?, ?, ?)", (order["number"], *refund))


class SampleShop:
    """OrderBackend over the sample file. `today` may be fixed by tests."""

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self._path, self._today = path, today

    async def find(self, order_number: str, proof: Proof) -> Order | None:
        """See OrderBackend."""
        return await asyncio.to_thread(self._find, order_number, proof)

    async def recent(self, identity: dict[str, Any]) -> list[Order]:
        """See OrderBackend; the identity's `email` names the buyer."""
        return await asyncio.to_thread(self._recent, str(identity.get("email") or ""))

    async def cancel(self, order_number: str, proof: Proof) -> Order:
        """See OrderBackend."""

        def work() -> Order:
            order = self._must(order_number, proof)
            if order.state not in ("unpaid", "paid"):
                raise NotPossible("the order is packed or has left")
            self._write("UPDATE orders SET state = 'cancelled' WHERE number = ?", order.number)
            return self._must(order_number, proof)

        return await asyncio.to_thread(work)

    async def change_address(self, order_number: str, proof: Proof, *, postcode: str, country: str) -> Order:
        """See OrderBackend."""

        def work() -> Order:
            order = self._must(order_number, proof)
            if order.state not in ("unpaid", "paid", "packed"):
                raise NotPossible("the order has left")
            self._write("UPDATE orders SET postcode = ?, country = ? WHERE number = ?", postcode, country, order.number)
            return self._must(order_number, Proof(email=order.email))

        return await asyncio.to_thread(work)

    async def start_return(self, order_number: str, proof: Proof, skus: Sequence[str]) -> ReturnRequest:
        """See OrderBackend."""

        def work() -> ReturnRequest:
            order = self._must(order_number, proof)
            arrived = any(shipment.state == "Delivered" for shipment in order.shipments) and order.state == "shipped"
            own = {line.sku for line in order.lines if line.shipped and arrived}
            if not skus or not set(skus) <= own - self._returned(order.number):
                raise NotPossible("these items are not in the order, have not arrived, or are on their way back")
            number = f"R-{order.number.removeprefix(PREFIX + '-')}"
            self._write("INSERT INTO returns VALUES (?, ?, ?)", number, order.number, ",".join(skus))
            return ReturnRequest(number, order.number, tuple(skus))

        return await asyncio.to_thread(work)

    async def refund_status(self, order_number: str, proof: Proof) -> tuple[Refund, ...]:
        """See OrderBackend."""
        order = await self.find(order_number, proof)
        return order.refunds if order else ()

    def _must(self, order_number: str, proof: Proof) -> Order:
        order = self._find(order_number, proof)
        if order is None:
            raise NotPossible("no such order, or the proof does not fit")
        return order

    def _find(self, order_number: str, proof: Proof) -> Order | None:
        bare = bare_number(order_number)
        number = f"{PREFIX}-{bare.removeprefix(PREFIX)}"
        with self._open() as connection:
            row = connection.execute("SELECT * FROM orders WHERE number = ?", (number,)).fetchone()
            order = self._order(connection, row) if row else None
        return order if order and proof.fits(order) else None

    def _recent(self, email: str) -> list[Order]:
        with self._open() as connection:
            rows = connection.execute("SELECT * FROM orders ORDER BY placed DESC").fetchall()
            return [self._order(connection, row) for row in rows if same_email(email, row["email"])][:5]

    def _returned(self, number: str) -> set[str]:
        with self._open() as connection:
            rows = connection.execute("SELECT skus FROM returns WHERE order_number = ?", (number,)).fetchall()
        return {sku for row in rows for sku in row["skus"].split(",")}

    def _write(self, statement: str, *values: object) -> None:
        with self._open() as connection:
            connection.execute(statement, values)
            connection.commit()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(f"file:{self._path}?mode=rw", uri=True, timeout=5)) as connection:
                connection.row_factory = sqlite3.Row
                yield connection
        except sqlite3.OperationalError as error:
            raise BackendAway(str(error)) from error

    def _day(self, offset: int | None) -> date | None:
        return None if offset is None else self._today() + timedelta(days=offset)

    def _order(self, connection: sqlite3.Connection, row: sqlite3.Row) -> Order:
        number, currency = row["number"], row["currency"]

        def rows(table: str) -> list[sqlite3.Row]:
            return connection.execute(f"SELECT * FROM {table} WHERE order_number = ?", (number,)).fetchall()

        events = rows("events")
        return Order(
            number=number,
            state=row["state"],
            placed=self._today() + timedelta(days=row["placed"]),
            ships_by=self._day(row["ships_by"]),
            email=row["email"],
            postcode=row["postcode"],
            country=row["country"],
            currency=currency,
            lines=tuple(
                Line(r["title"], r["sku"], r["quantity"], r["shipped"],
                     Money(Decimal(r["price"]), currency), r["product_class"])
                for r in rows("lines")
            ),
            shipments=tuple(self._shipment(r, events) for r in rows("shipments")),
            refunds=tuple(
                Refund(Money(Decimal(r["amount"]), r["currency"]), r["state"], self._today() + timedelta(days=r["day"]))
                for r in rows("refunds")
            ),
        )  # fmt: skip

    def _shipment(self, row: sqlite3.Row, events: Sequence[sqlite3.Row]) -> Shipment:
        first, last = self._day(row["expected_first"]), self._day(row["expected_last"])
        return Shipment(
            carrier=row["carrier"],
            tracking_number=row["tracking_number"],
            state=row["state"],
            expected=(first, last) if first and last else None,
            promised=self._day(row["promised"]),
            delivered=self._day(row["delivered"]),
            events=tuple(
                TrackingEvent(self._today() + timedelta(days=e["day"]), e["state"], e["place"], bool(e["customs"]))
                for e in events
                if e["tracking_number"] == row["tracking_number"]
            ),
        )


def samples(path: Path) -> list[dict[str, str]]:
    """Three orders to try on the demo page, with the details that open them."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        wanted = ("PL-10432", "PL-10417", "PL-10445")
        rows = connection.execute(
            f"SELECT number, email, postcode, state FROM orders WHERE number IN ({', '.join('?' * len(wanted))})",
            wanted,
        ).fetchall()
    by_number = {row[0]: row for row in rows}
    return [
        dict(zip(("order_number", "email", "postcode", "state"), by_number[number], strict=True))
        for number in wanted
        if number in by_number
    ]
