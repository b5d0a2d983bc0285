"""The two tokens of the storefront: ours, which opens one conversation, and the shop's, which names a buyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from bot.conversations.records import now

_ALGORITHM = "HS256"
_CONVERSATION_AUDIENCE = "parley-conversation"
IDENTITY_AUDIENCE = "parley"
IDENTITY_MINUTES = 5
_LEEWAY_SECONDS = 10  # clocks of shop and gateway may differ by this much
_JTI_LIMIT = 128


class InvalidToken(Exception):
    """The token is forged, expired, or for something else."""


@dataclass(frozen=True)
class Identity:
    """A buyer whom the shop vouches for. `jti` makes the token usable once; nobody accepts it after `expires_at`."""

    buyer: dict[str, Any]
    jti: str
    expires_at: datetime


def issue(conversation_id: str, secret: str, days: int) -> str:
    """The only way into a conversation."""
    claims = {"sub": conversation_id, "aud": _CONVERSATION_AUDIENCE, "exp": now() + timedelta(days=days)}
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def conversation_of(token: str, secret: str) -> str:
    """The conversation that a token opens; raises InvalidToken."""
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=[_ALGORITHM],
            audience=_CONVERSATION_AUDIENCE,
            options={"require": ["exp", "sub", "aud"]},
        )
    except jwt.PyJWTError as error:
        raise InvalidToken(str(error)) from error
    return str(claims["sub"])


def identity_of(token: str, secret: str) -> Identity:
    """The buyer named by the shop's token: JWT HS256 with aud, sub, jti, exp at most 5 minutes away.

    Raises InvalidToken.
    """
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=[_ALGORITHM],
            audience=IDENTITY_AUDIENCE,
            leeway=_LEEWAY_SECONDS,
            options={"require": ["exp", "sub", "aud", "jti"]},
        )
    except jwt.PyJWTError as error:
        raise InvalidToken(str(error)) from error
    expires = int(claims["exp"]) + _LEEWAY_SECONDS
    if expires > now().timestamp() + IDENTITY_MINUTES * 60 + 2 * _LEEWAY_SECONDS:
        raise InvalidToken(f"the identity token is valid for more than {IDENTITY_MINUTES} minutes")
    jti = str(claims["jti"])
    if not 0 < len(jti) <= _JTI_LIMIT:
        raise InvalidToken(f"the identity token's jti has no 1 to {_JTI_LIMIT} characters")
    buyer = {key: str(claims[key]) for key in ("sub", "email", "name") if claims.get(key)}
    return Identity(buyer, jti, datetime.fromtimestamp(expires, UTC))
