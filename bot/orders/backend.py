"""The face that every shop's orders show to the bot, and the brake on guessing."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bot.orders.model import Order, Proof, Refund, ReturnRequest, bare_number


class BackendAway(Exception):
    """The shop cannot be reached at the moment; nothing was changed."""


class NotPossible(Exception):
    """The order's state does not allow the change; the text says why."""


class OrderBackend(Protocol):
    """A shop's orders. Every method raises BackendAway when the shop is away."""

    async def find(self, order_number: str, proof: Proof) -> Order | None:
        """The order, if it exists and the proof fits; None does not say which of the two failed."""

    async def recent(self, identity: dict[str, Any]) -> list[Order]:
        """The latest orders of a signed-in buyer, newest first."""

    async def cancel(self, order_number: str, proof: Proof) -> Order:
        """Cancels an order that has not left; raises NotPossible."""

    async def change_address(self, order_number: str, proof: Proof, *, postcode: str, country: str) -> Order:
        """Changes the delivery address of an order that has not left; raises NotPossible."""

    async def start_return(self, order_number: str, proof: Proof, skus: Sequence[str]) -> ReturnRequest:
        """Registers a return of delivered items; raises NotPossible."""

    async def refund_status(self, order_number: str, proof: Proof) -> tuple[Refund, ...]:
        """Refunds of the order, oldest first; empty also where the proof does not fit."""


class ProofBrake:
    """Slows down guessing: after `limit` failures for one order number within an hour, its proofs all fail."""

    def __init__(self, limit: int = 10, seconds: float = 3600.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._seconds, self._clock = limit, seconds, clock
        self._failures: dict[str, deque[float]] = {}

    def blocked(self, order_number: str) -> bool:
        """Whether this number has seen too many failures lately."""
        times = self._failures.get(_key(order_number))
        while times and times[0] < self._clock() - self._seconds:
            times.popleft()
        return bool(times) and len(times or ()) >= self._limit

    def failed(self, order_number: str) -> None:
        """Notes a failure."""
        if len(self._failures) > 50_000:
            self._failures.clear()
        self._failures.setdefault(_key(order_number), deque()).append(self._clock())


def _key(order_number: str) -> str:
    # Shops find an order with and without the letters before its number: both are guesses at the same one.
    bare = bare_number(order_number)
    return re.sub(r"[^0-9]", "", bare) or bare
