"""The sample shop's tables and its sixty orders. Days count from today (negative: past)."""

from __future__ import annotations

from typing import Any

SCHEMA = """
CREATE TABLE orders (
    number TEXT PRIMARY KEY, state TEXT NOT NULL, placed INTEGER NOT NULL, ships_by INTEGER, email TEXT NOT NULL,
    postcode TEXT NOT NULL, country TEXT NOT NULL, currency TEXT NOT NULL, name TEXT NOT NULL
);
CREATE TABLE lines (
    order_number TEXT NOT NULL REFERENCES orders, title TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL,
    shipped INTEGER NOT NULL, price TEXT NOT NULL, product_class TEXT NOT NULL
);
CREATE TABLE shipments (
    order_number TEXT NOT NULL REFERENCES orders, carrier TEXT NOT NULL, tracking_number TEXT NOT NULL,
    state TEXT NOT NULL, expected_first INTEGER, expected_last INTEGER, promised INTEGER, delivered INTEGER
);
CREATE TABLE events (
    order_number TEXT NOT NULL REFERENCES orders, tracking_number TEXT NOT NULL, day INTEGER NOT NULL,
    state TEXT NOT NULL, place TEXT NOT NULL, customs INTEGER NOT NULL
);
CREATE TABLE refunds (
    order_number TEXT NOT NULL REFERENCES orders, amount TEXT NOT NULL, currency TEXT NOT NULL, state TEXT NOT NULL,
    day INTEGER NOT NULL
);
CREATE TABLE returns (number TEXT NOT NULL, order_number TEXT NOT NULL REFERENCES orders, skus TEXT NOT NULL);
"""

# title, sku, price, class of goods
_GOODS: dict[str, tuple[str, str, str, str]] = {
    "lamp": ("Desk lamp Arc", "LMP-01", "59.00", "electronics"),
    "headphones": ("Wireless headphones Tide", "HDP-02", "89.00", "electronics"),
    "kettle": ("Travel kettle", "KTL-01", "39.90", "electronics"),
    "charger": ("World charger 65 W", "CHG-65", "45.00", "electronics"),
    "coat": ("Rain coat Harbour", "COA-11", "119.00", "clothing"),
    "shirt": ("Linen shirt", "SHI-04", "49.00", "clothing"),
    "dress": ("Summer dress Lina", "DRE-07", "69.00", "clothing"),
    "socks": ("Wool socks, 3 pairs", "SOC-03", "24.00", "clothing"),
    "boots": ("Ankle boots Fjord", "BOO-02", "139.00", "shoes"),
    "sneakers": ("Sneakers Mile", "SNE-05", "95.00", "shoes"),
    "mugs": ("Stoneware mugs, set of 4", "MUG-04", "36.00", "furniture"),
    "rug": ("Cotton rug 120 x 180", "RUG-12", "129.00", "furniture"),
    "chair": ("Oak chair Bend", "CHR-01", "189.00", "furniture"),
    "earrings": ("Silver earrings Drop", "EAR-02", "42.00", "hygiene"),
    "swimsuit": ("Swimsuit Lagoon", "SWI-01", "55.00", "hygiene"),
    "notebook": ("Notebook with your name", "NOT-99", "19.00", "personalised"),
    "tea": ("Green tea, 250 g", "TEA-25", "14.50", "perishable"),
}
# name, e-mail, postcode, country, currency
_BUYERS: list[tuple[str, str, str, str, str]] = [
    ("Ola Nowak", "ola.nowak@example.com", "00-950", "PL", "EUR"),
    ("Jonas Weber", "j.weber@example.com", "10115", "DE", "EUR"),
    ("Amina Haddad", "amina.haddad@example.com", "11564", "SA", "USD"),
    ("Lucía Ortega", "lucia.ortega@example.com", "28013", "ES", "EUR"),
    ("Camille Laurent", "camille.laurent@example.com", "69002", "FR", "EUR"),
    ("Rafael Souza", "rafael.souza@example.com", "01310-100", "BR", "USD"),
    ("Giulia Ferri", "giulia.ferri@example.com", "20121", "IT", "EUR"),
    ("Daan Visser", "daan.visser@example.com", "1012 AB", "NL", "EUR"),
    ("Anna Petrova", "anna.petrova@example.com", "050000", "KZ", "USD"),
    ("Haruto Sato", "haruto.sato@example.com", "150-0001", "JP", "USD"),
    ("Li Wei", "li.wei@example.com", "200000", "CN", "USD"),
    ("Emma Clarke", "emma.clarke@example.com", "SW1A 1AA", "GB", "GBP"),
    ("Noah Miller", "noah.miller@example.com", "10001", "US", "USD"),
    ("Sofía Ramírez", "sofia.ramirez@example.com", "06700", "MX", "USD"),
    ("Omar Khalil", "omar.khalil@example.com", "11511", "EG", "USD"),
]
_CARRIERS: dict[str, tuple[str, str, str]] = {
    # country: carrier, prefix of its tracking numbers, a town on the way
    "PL": ("InPost", "6800", "Warszawa"),
    "DE": ("DHL", "0034", "Leipzig"),
    "SA": ("Aramex", "4471", "Riyadh"),
    "ES": ("Correos", "PQ8X", "Madrid"),
    "FR": ("Colissimo", "6A15", "Lyon"),
    "BR": ("Correios", "NX88", "Curitiba"),
    "IT": ("BRT", "1085", "Milano"),
    "NL": ("PostNL", "3SKA", "Amsterdam"),
    "KZ": ("Kazpost", "RR42", "Almaty"),
    "JP": ("Japan Post", "EJ53", "Tokyo"),
    "CN": ("SF Express", "SF14", "Shanghai"),
    "GB": ("Royal Mail", "QW77", "London"),
    "US": ("UPS", "1Z99", "New York"),
    "MX": ("Estafeta", "8055", "Ciudad de México"),
    "EG": ("Aramex", "4472", "Cairo"),
}

# State of the parcel: shipment state, expected first and last day, promised day, delivered day, its scans
# (day, state, "home" or "way" or "customs").
_PARCELS: dict[str, tuple[str, int | None, int | None, int | None, int | None, list[tuple[int, str, str]]]] = {
    "announced": ("InfoReceived", 3, 5, 5, None, [(0, "InfoReceived", "home")]),
    "transit": ("InTransit", 2, 4, 4, None, [(-3, "InTransit", "home"), (-1, "InTransit", "way")]),
    "soon": ("InTransit", 1, 1, 1, None, [(-2, "InTransit", "home"), (0, "InTransit", "way")]),
    "customs": ("InTransit", 3, 7, 6, None, [(-6, "InTransit", "home"), (-2, "InTransit", "customs")]),
    "held": ("Exception", None, None, -1, None, [(-9, "InTransit", "home"), (-5, "Exception", "customs")]),
    "today": ("OutForDelivery", 0, 0, 0, None, [(-3, "InTransit", "home"), (0, "OutForDelivery", "way")]),
    "missed": ("AttemptFail", 1, 2, -1, None, [(-4, "InTransit", "home"), (-1, "AttemptFail", "way")]),
    "pickup": (
        "AvailableForPickup", None, None, -1, None, [(-4, "InTransit", "home"), (0, "AvailableForPickup", "way")],
    ),
    "delivered": ("Delivered", None, None, -3, -3, [(-7, "InTransit", "home"), (-3, "Delivered", "way")]),
    "long_ago": ("Delivered", None, None, -60, -61, [(-66, "InTransit", "home"), (-61, "Delivered", "way")]),
    "late": ("InTransit", None, None, -4, None, [(-12, "InTransit", "home"), (-7, "InTransit", "way")]),
    "lost": ("Expired", None, None, -20, None, [(-32, "InTransit", "home"), (-28, "InTransit", "way")]),
}  # fmt: skip

# number, buyer, state of the order, goods ("2 lamp" is two pieces; "-" before it: not yet sent), parcel, refund
_PLAN: list[tuple[int, int, str, str, str | None, str | None]] = [
    (10401, 0, "unpaid", "lamp", None, None),
    (10402, 1, "paid", "2 mugs", None, None),
    (10403, 2, "packed", "dress", None, None),
    (10404, 3, "shipped", "sneakers, socks", "announced", None),
    (10405, 4, "shipped", "rug", "transit", None),
    (10406, 5, "shipped", "headphones", "customs", None),
    (10407, 6, "shipped", "boots", "today", None),
    (10408, 7, "shipped", "kettle", "missed", None),
    (10409, 8, "shipped", "coat", "late", None),
    (10410, 9, "shipped", "2 tea", "customs", None),
    (10411, 10, "shipped", "charger", "transit", None),
    (10412, 11, "shipped", "shirt", "delivered", None),
    (10413, 12, "shipped", "chair", "lost", None),
    (10414, 13, "cancelled", "dress", None, "paid"),
    (10415, 14, "returned", "boots", "delivered", "pending"),
    (10416, 0, "shipped", "notebook", "pickup", None),
    (10417, 2, "shipped", "coat, earrings", "customs", None),
    (10418, 1, "shipped", "2 shirt, -lamp", "transit", None),
    (10419, 3, "returned", "swimsuit", "delivered", "paid"),
    (10420, 4, "cancelled", "chair", None, "pending"),
    (10421, 5, "paid", "3 socks", None, None),
    (10422, 6, "packed", "lamp, charger", None, None),
    (10423, 7, "shipped", "rug, -chair", "delivered", None),
    (10424, 8, "shipped", "boots", "transit", None),
    (10425, 9, "shipped", "headphones", "soon", None),
    (10426, 10, "shipped", "2 mugs", "held", None),
    (10427, 11, "unpaid", "kettle", None, None),
    (10428, 12, "shipped", "coat", "today", None),
    (10429, 13, "shipped", "sneakers", "late", None),
    (10430, 14, "shipped", "dress, socks", "transit", None),
    (10431, 1, "shipped", "boots", "delivered", None),
    (10432, 0, "shipped", "headphones, charger", "transit", None),
    (10433, 0, "shipped", "socks", "today", None),
    (10434, 3, "paid", "coat", None, None),
    (10435, 4, "shipped", "notebook", "delivered", None),
    (10436, 5, "shipped", "dress", "lost", None),
    (10437, 6, "returned", "sneakers", "delivered", "pending"),
    (10438, 7, "cancelled", "lamp", None, "paid"),
    (10439, 8, "paid", "kettle", None, None),
    (10440, 9, "shipped", "earrings", "delivered", None),
    (10441, 10, "packed", "tea, mugs", None, None),
    (10442, 11, "shipped", "chair, -rug", "transit", None),
    (10443, 12, "shipped", "shirt", "missed", None),
    (10444, 13, "shipped", "charger", "customs", None),
    (10445, 1, "shipped", "coat, socks", "late", None),
    (10446, 14, "shipped", "lamp", "held", None),
    (10447, 0, "shipped", "swimsuit", "long_ago", None),
    (10448, 2, "paid", "boots", None, None),
    (10449, 3, "shipped", "mugs", "pickup", None),
    (10450, 4, "shipped", "headphones", "soon", None),
    (10451, 5, "cancelled", "rug", None, "pending"),
    (10452, 6, "shipped", "tea", "long_ago", None),
    (10453, 7, "shipped", "dress", "announced", None),
    (10454, 8, "returned", "coat", "delivered", "paid"),
    (10455, 9, "unpaid", "2 chair", None, None),
    (10456, 10, "shipped", "sneakers", "today", None),
    (10457, 11, "shipped", "notebook, socks", "late", None),
    (10458, 12, "returned", "headphones", "delivered", "pending"),
    (10459, 13, "packed", "earrings", None, None),
    (10460, 2, "shipped", "shirt, -dress, -socks", "soon", None),
]


def _line(text: str, sent: bool) -> tuple[str, str, int, int, str, str]:
    waiting = text.startswith("-")
    count, _, good = text.lstrip("-").rpartition(" ")
    title, sku, price, product_class = _GOODS[good]
    quantity = int(count or 1)
    return title, sku, quantity, 0 if waiting or not sent else quantity, price, product_class


def _order(number: int, buyer: int, state: str, goods: str, parcel: str | None, refund: str | None) -> dict[str, Any]:
    name, email, postcode, country, currency = _BUYERS[buyer]
    carrier, prefix, town = _CARRIERS[country]
    lines = [_line(text.strip(), parcel is not None) for text in goods.split(",")]
    shipments = []
    placed = -2
    if parcel:
        shipment_state, first, last, promised, delivered, scans = _PARCELS[parcel]
        placed = scans[0][0] - 2
        places = {"home": "Hamburg", "way": town, "customs": town}
        tracking = f"{prefix}{number}{(number * 7919) % 100000:05d}"
        shipments = [
            {
                "fields": (carrier, tracking, shipment_state, first, last, promised, delivered),
                "events": [(day, s, places[where], int(where == "customs")) for day, s, where in scans],
            }
        ]
    total = sum(quantity * float(price) for _, _, quantity, _, price, _ in lines)
    return {
        "number": f"PL-{number}",
        "state": state,
        "placed": placed,
        "ships_by": 1 if state in ("paid", "packed") else None,
        "email": email,
        "postcode": postcode,
        "country": country,
        "currency": currency,
        "name": name,
        "lines": lines,
        "shipments": shipments,
        "refunds": [(f"{total:.2f}", currency, refund, 4 if refund == "pending" else -2)] if refund else [],
    }


ORDERS: list[dict[str, Any]] = [_order(*row) for row in _PLAN]
