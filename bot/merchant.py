"""The merchant's facts of store.yml, typed and checked when they are loaded."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

import holidays
import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.settings import settings

Money = tuple[Decimal, str]
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class StoreError(ValueError):
    """store.yml does not say what it must; the message names the field."""


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone such as Europe/Berlin")
    return name


def _holiday_country(code: str) -> str:
    if code not in holidays.list_supported_countries():
        raise ValueError(f"no public holidays are known for {code!r}; name a country's code, or leave it out")
    return code


def _in_order(days: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= days[0] <= days[1]:
        raise ValueError("the first of the two numbers is the smaller")
    return days


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Shop(_Facts):
    """Who the shop is."""

    name: str
    support_email: str
    time_zone: Annotated[str, AfterValidator(_time_zone)]
    dispatch_cutoff: time
    order_number_example: str


class Hours(_Facts):
    """When people answer."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = Field(min_length=1)
    open: time
    close: time
    holidays: Annotated[str, AfterValidator(_holiday_country)] | None = None
    usual_wait_minutes: int = 10

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.open >= self.close:
            raise ValueError("`open` must be earlier than `close`")
        return self


class Limits(_Facts):
    """Where the bot stops and a person begins."""

    proof_attempts: int = 5
    not_understood: int = 2
    upset: int = 2
    bulk_from: int = 50
    cancel_hours: int = 2


class Method(_Facts):
    """One way of delivery: working days from dispatch (first, last) and its price."""

    days: Annotated[tuple[int, int], AfterValidator(_in_order)]
    cost: Decimal


class Zone(_Facts):
    """Countries with the same delivery."""

    countries: tuple[str, ...]
    currency: str
    standard: Method
    express: Method | None = None
    free_from: Decimal
    customs: bool = False


class ClassRule(_Facts):
    """What differs for one class of goods."""

    days: int


class ReturnRule(_Facts):
    """Return rules of a region; days count from delivery, refund_days are working days."""

    countries: tuple[str, ...]
    days: int
    payer: Literal["shop", "label", "buyer"]
    label_cost: Money | None = None
    legal_withdrawal: bool = False
    guarantee_years: int
    refund_days: int
    classes: dict[str, ClassRule] = Field(default_factory=dict)


class Merchant(_Facts):
    """Everything in store.yml."""

    shop: Shop
    hours: Hours
    limits: Limits
    zones: dict[str, Zone]
    not_shipped: tuple[str, ...] = ()
    returns: dict[str, ReturnRule]
    return_classes: dict[str, Literal["allowed", "collected", "sealed", "excluded"]]
    knowledge: dict[str, int | Money]

    def zone(self, country: str) -> Zone | None:
        """The zone of an ISO country code, or None where the shop does not ship."""
        if country in self.not_shipped:
            return None
        named = (zone for zone in self.zones.values() if country in zone.countries)
        return next(named, None) or self.zones.get("rest")

    def return_rule(self, country: str | None) -> ReturnRule:
        """The return rules of a country; those of `rest` where it is unknown."""
        named = (rule for rule in self.returns.values() if country in rule.countries)
        return next(named, None) or self.returns["rest"]

    def is_open(self, at: datetime) -> bool:
        """Whether people answer at this moment (aware time)."""
        local = at.astimezone(ZoneInfo(self.shop.time_zone))
        return self._works(local) and self.hours.open <= local.time() < self.hours.close

    def next_opening(self, at: datetime) -> datetime:
        """The next moment from which people answer; `at` itself while open. Aware, in the shop's time zone."""
        local = at.astimezone(ZoneInfo(self.shop.time_zone))
        if self.is_open(at):
            return local
        day = local
        for _ in range(30):
            opening = day.replace(hour=self.hours.open.hour, minute=self.hours.open.minute, second=0, microsecond=0)
            if self._works(day) and opening > local:
                return opening
            day = day + timedelta(days=1)
        raise StoreError("hours: the shop is never open within the next 30 days")

    def _works(self, local: datetime) -> bool:
        free = _holidays(self.hours.holidays) if self.hours.holidays else {}
        return _WEEKDAYS[local.weekday()] in self.hours.days and local.date() not in free


@lru_cache(maxsize=8)
def _holidays(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


def load(path: Path) -> Merchant:
    """Reads store.yml; raises StoreError naming what is wrong."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        facts = Merchant.model_validate(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise StoreError(f"{path.name}: {error}") from error
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise StoreError(f"{path.name}: {places}") from error
    if "rest" not in facts.returns:
        raise StoreError(f"{path.name}: returns needs the rule `rest`")
    return facts


@lru_cache(maxsize=1)
def merchant() -> Merchant:
    """The facts of this shop."""
    return load(settings().store)
