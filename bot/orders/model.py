"""What an order is, whatever the shop: frozen values, days as dates, money as Decimal with a currency."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

# AfterShip's nine states of a shipment.
ShipmentState = Literal[
    "Pending",
    "InfoReceived",
    "InTransit",
    "OutForDelivery",
    "AttemptFail",
    "Delivered",
    "AvailableForPickup",
    "Exception",
    "Expired",
]
OrderState = Literal["unpaid", "paid", "packed", "shipped", "cancelled", "returned"]


@dataclass(frozen=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Line:
    """An ordered item; `shipped` counts the pieces that have left."""

    title: str
    sku: str
    quantity: int
    shipped: int
    price: Money
    product_class: str


@dataclass(frozen=True)
class TrackingEvent:
    """One scan of the carrier."""

    day: date
    state: ShipmentState
    place: str
    customs: bool = False


@dataclass(frozen=True)
class Shipment:
    """A parcel. `expected` is the carrier's first and last day, `promised` the day first told to the buyer."""

    carrier: str
    tracking_number: str
    state: ShipmentState
    expected: tuple[date, date] | None
    promised: date | None
    delivered: date | None
    events: tuple[TrackingEvent, ...] = ()

    @property
    def in_customs(self) -> bool:
        """Whether the latest scan was made by customs."""
        return bool(self.events) and self.events[-1].customs and self.state in ("InTransit", "Exception")


@dataclass(frozen=True)
class Refund:
    """Money on its way back. `day` is the day it was paid, or is expected to be."""

    amount: Money
    state: Literal["pending", "paid"]
    day: date


@dataclass(frozen=True)
class ReturnRequest:
    """An accepted return."""

    number: str
    order_number: str
    skus: tuple[str, ...]
    label_url: str | None = None


@dataclass(frozen=True)
class Order:
    """One order as the shop knows it."""

    number: str
    state: OrderState
    placed: date
    ships_by: date | None
    email: str
    postcode: str
    country: str
    currency: str
    lines: tuple[Line, ...]
    shipments: tuple[Shipment, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def pieces(self) -> tuple[int, int]:
        """Pieces that have left, and pieces in all."""
        return sum(line.shipped for line in self.lines), sum(line.quantity for line in self.lines)

    @property
    def partly_shipped(self) -> bool:
        """Whether some pieces have left and others have not."""
        sent, total = self.pieces
        return 0 < sent < total


@dataclass(frozen=True)
class Proof:
    """What a buyer shows to be let into an order: its e-mail or postcode, or the shop's own word for the e-mail."""

    email: str | None = None
    postcode: str | None = None
    email_verified: bool = False

    def fits(self, order: Order) -> bool:
        """Whether at least one detail is that of the order, and none that was given is a verified contradiction."""
        if self.email and same_email(self.email, order.email):
            return True
        if self.email_verified:
            return False
        return bool(self.postcode) and same_postcode(self.postcode or "", order.postcode)


def same_email(left: str, right: str) -> bool:
    """E-mail addresses are compared without case and surrounding space."""
    return unicodedata.normalize("NFKC", left).strip().casefold() == right.strip().casefold() != ""


def same_postcode(left: str, right: str) -> bool:
    """Postcodes are compared by letters and digits only."""
    return bare_number(left) == bare_number(right) != ""


def bare_number(text: str) -> str:
    """A number by its letters and digits, those of every script: "#pl-10432" and "PL ١٠٤٣٢" are the same."""
    plain = "".join(str(unicodedata.decimal(c, c)) for c in unicodedata.normalize("NFKC", text).upper())
    return re.sub(r"[^0-9A-Z]", "", plain)
