"""Order and refund status: asks for the number and a proof, then says where things stand."""

from __future__ import annotations

import json
from datetime import date

from bot.actions.guarded import GuardedAction
from bot.actions.services import services
from bot.actions.turn import Part, Turn, labelled, part
from bot.orders.model import Order, Proof, Shipment


def take_details(turn: Turn) -> None:
    """Keeps the order number, e-mail and postcode of this message; the newest wins, so that corrections work."""
    number, email, postcode = (turn.entity(name) for name in ("order_number", "email", "postcode"))
    if number and number != turn.slot("order_number"):
        turn.set(order_number=number)
    if email:
        turn.set(proof_email=email)
    if postcode:
        turn.set(proof_postcode=postcode)


async def _read_bare_number(turn: Turn) -> None:
    """After the question for a proof, or a refusal, "10115" may be the postcode of the order already named."""
    known, number = turn.slot("order_number"), turn.entity("order_number")
    if not (known and number and number.isdecimal()) or turn.slot("asked") not in ("order_number", "proof"):
        return
    shop = services()
    if number in known or turn.entity("email") or turn.entity("postcode") or shop.brake.blocked(known):
        return
    if await shop.orders.find(known, Proof(postcode=number)):
        turn.read_as(number, "order_number", "postcode")
    else:
        shop.brake.failed(known)


async def identified_order(turn: Turn, topic: str) -> Order | None:
    """The order that the buyer may see; None when something was asked or said instead."""
    await _read_bare_number(turn)
    take_details(turn)
    turn.set(order_topic=topic)
    shop = services()
    if not turn.slot("order_number") and turn.identity_level >= 2:
        recent = await shop.orders.recent(turn.identity)
        if len(recent) == 1:
            turn.set(order_number=recent[0].number)
        elif recent:
            turn.set(asked="order_number")
            payloads = [json.dumps({"order_number": order.number}) for order in recent[:3]]
            buttons = [labelled(o.number, f"/provide_details{p}") for o, p in zip(recent, payloads, strict=False)]
            turn.say([part("order-which")], buttons)
            return None
    number = turn.slot("order_number")
    if not number:
        turn.tried("asked_order_number")
        turn.ask("order_number", "ask-order-number")
        return None
    proof = _proof(turn)
    if not (proof.email or proof.postcode):
        turn.tried("asked_proof")
        turn.ask("proof", "ask-order-proof", order=number)
        return None
    order = None if shop.brake.blocked(number) else await shop.orders.find(number, proof)
    if order is None:
        _refuse(turn, number)
        return None
    turn.set(asked=None, proof_failures=0, known_order=_for_brief(order))
    return order


def _proof(turn: Turn) -> Proof:
    verified = turn.identity.get("email") if turn.identity_level >= 2 else None
    if verified:
        return Proof(email=verified, email_verified=True)
    return Proof(email=turn.slot("proof_email"), postcode=turn.slot("proof_postcode"))


def _refuse(turn: Turn, number: str) -> None:
    """The same words whether the order does not exist or the proof does not fit."""
    services().brake.failed(number)
    failures = int(turn.slot("proof_failures") or 0) + 1
    turn.set(proof_failures=failures)
    turn.tried("order_not_found")
    if failures >= services().facts.limits.proof_attempts:
        turn.hand_off("proof_failed")
        return
    # What was given is kept, so that a correction of one detail alone is enough.
    turn.set(asked="order_number")
    turn.say([part("order-not-found")])


def _for_brief(order: Order) -> dict[str, str | None]:
    state = order.shipments[-1].state if order.shipments else None
    return {"number": order.number, "state": state, "order_state": order.state, "country": order.country}


class OrderStatus(GuardedAction):
    """Where is my order?"""

    action_name = "action_order_status"

    async def act(self, turn: Turn) -> None:
        """Says the order's state, the expected day and the tracking number."""
        order = await identified_order(turn, "order_status")
        if order is None:
            return
        turn.tried("showed_order_status")
        parts, needs_person = status_parts(order, date.today())
        if needs_person:
            turn.offer_person(parts)
        else:
            turn.say(parts)


class RefundStatus(GuardedAction):
    """Where is my money?"""

    action_name = "action_refund_status"

    async def act(self, turn: Turn) -> None:
        """Says what was refunded and when it arrives."""
        order = await identified_order(turn, "refund_status")
        if order is None:
            return
        turn.tried("showed_refund_status")
        if not order.refunds:
            turn.say([part("refund-none", order=order.number)])
            return
        turn.say(
            part(f"refund-{refund.state}", order=order.number, amount=refund.amount, date=refund.day)
            for refund in order.refunds
        )


def status_parts(order: Order, today: date) -> tuple[list[Part], bool]:
    """The lines of the status, and whether a person should be offered."""
    if order.state in ("unpaid", "cancelled", "returned"):
        return [part(f"order-{order.state}", order=order.number)], False
    if not order.shipments:
        parts = [part("order-sent" if order.state == "shipped" else f"order-{order.state}", order=order.number)]
        if order.ships_by:
            parts.append(part("order-ships-by", date=order.ships_by))
        return parts, False
    parts = []
    if order.partly_shipped:
        sent, total = order.pieces
        parts.append(part("order-partly-shipped", order=order.number, sent=sent, total=total))
    needs_person = False
    for shipment in order.shipments:
        lines, person = _shipment_parts(order.number, shipment, today)
        parts += lines
        needs_person = needs_person or person
    return parts, needs_person


def _shipment_parts(number: str, shipment: Shipment, today: date) -> tuple[list[Part], bool]:
    tracking = part("order-tracking", tracking=shipment.tracking_number)
    delivered = shipment.delivered or (shipment.events[-1].day if shipment.events else None)
    if shipment.state == "Delivered" and delivered:
        return [part("order-delivered", order=number, date=delivered), tracking], False
    if shipment.state == "Expired":
        return [part("order-lost", order=number), tracking], True
    if shipment.in_customs:
        parts = [part("order-customs", order=number)]
    elif shipment.state == "OutForDelivery":
        return [part("order-out-for-delivery", order=number), tracking], False
    elif shipment.state == "AttemptFail":
        parts = [part("order-attempt-failed", order=number)]
    elif shipment.state == "AvailableForPickup":
        return [part("order-pickup", order=number), tracking], False
    elif shipment.state in ("Pending", "InfoReceived"):
        parts = [part("order-shipped", order=number, carrier=shipment.carrier)]
    else:
        parts = [part("order-in-transit", order=number, carrier=shipment.carrier)]
    late = bool(shipment.promised and shipment.promised < today and shipment.state in ("InTransit", "Exception"))
    if shipment.events and shipment.state not in ("Pending", "InfoReceived"):
        scan = shipment.events[-1]
        parts.append(part("order-last-scan", place=scan.place, date=scan.day))
    if late:
        parts.append(part("order-late", date=shipment.promised))
    elif shipment.expected and shipment.expected[1] >= today:
        first, last = shipment.expected
        if first == last:
            parts.append(part("order-expected", date=last))
        else:
            parts.append(part("order-expected-range", first=first, last=last))
    return [*parts, tracking], late
