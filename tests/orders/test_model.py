"""What proves that an order is the buyer's, and which numbers are the same number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.model import (
    Line,
    Money,
    Order,
    Proof,
    Shipment,
    TrackingEvent,
    bare_number,
    same_email,
    same_postcode,
)

DAY = date(2026, 3, 2)
ORDER = Order("PL-1", "shipped", DAY, None, "ola.nowak@example.com", "00-950", "PL", "EUR", lines=())


def line(quantity: int, shipped: int) -> Line:
    return Line("Lamp", "LMP", quantity, shipped, Money(Decimal(1), "EUR"), "electronics")


@pytest.mark.parametrize(
    ("proof", "fits"),
    [
        (Proof(email="ola.nowak@example.com"), True),
        (Proof(email=" OLA.Nowak@Example.COM "), True),
        (Proof(email="ｏｌａ.nowak@example.com"), True),
        (Proof(postcode="00-950"), True),
        (Proof(postcode="00950"), True),
        (Proof(postcode="00 950 "), True),
        (Proof(postcode="٠٠٩٥٠"), True),
        (Proof(email="other@example.com", postcode="00-950"), True),
        (Proof(email="ola.nowak@example.com", postcode="99-999"), True),
        (Proof(email="other@example.com"), False),
        (Proof(postcode="00-951"), False),
        (Proof(postcode="0950"), False),
        (Proof(), False),
        (Proof(email="", postcode=""), False),
        (Proof(email=" ", postcode="-"), False),
        (Proof(email="ola.nowak@example.com", email_verified=True), True),
        (Proof(email="other@example.com", postcode="00-950", email_verified=True), False),
        (Proof(postcode="00-950", email_verified=True), False),
    ],
)
def test_a_proof_fits_by_one_right_detail_and_no_verified_contradiction(proof: Proof, fits: bool) -> None:
    assert proof.fits(ORDER) is fits


def test_an_order_without_details_is_opened_by_nothing() -> None:
    bare = replace(ORDER, email="", postcode="")
    assert not any(proof.fits(bare) for proof in (Proof(), Proof(email=""), Proof(postcode=""), Proof(postcode="-")))


@pytest.mark.parametrize(
    "text", ["PL-10432", "pl 10432", "#PL-10432", "Pl10432", "PL–10432 ", "ＰＬ－１０４３２", "PL ١٠٤٣٢", "PL-१०४३२"]
)
def test_an_order_number_has_many_shapes(text: str) -> None:
    assert bare_number(text) == "PL10432"


@given(st.text())
def test_comparing_never_fails_and_is_stable(text: str) -> None:
    assert bare_number(bare_number(text)) == bare_number(text)
    assert same_postcode(text, text) is bool(bare_number(text))
    same_email(text, text)


@pytest.mark.parametrize(
    ("lines", "pieces", "partly"),
    [
        ([line(2, 2)], (2, 2), False),
        ([line(2, 0)], (0, 2), False),
        ([line(2, 1)], (1, 2), True),
        ([line(1, 1), line(3, 0)], (1, 4), True),
        ([], (0, 0), False),
    ],
)
def test_an_order_knows_how_much_of_it_has_left(lines: list[Line], pieces: tuple[int, int], partly: bool) -> None:
    order = replace(ORDER, lines=tuple(lines))
    assert (order.pieces, order.partly_shipped) == (pieces, partly)


@pytest.mark.parametrize(
    ("state", "scans", "in_customs"),
    [
        ("InTransit", [False, True], True),
        ("Exception", [True], True),
        ("InTransit", [True, False], False),
        ("InTransit", [], False),
        ("Delivered", [True], False),
    ],
)
def test_a_parcel_is_in_customs_by_its_latest_scan(state: str, scans: list[bool], in_customs: bool) -> None:
    events = tuple(TrackingEvent(DAY, "InTransit", "Riyadh", customs) for customs in scans)
    parcel = Shipment("Aramex", "1", state, None, None, None, events)  # type: ignore[arg-type]
    assert parcel.in_customs is in_customs
