"""The desk's accounts: argon2 passwords, the roles agent and supervisor, and a brake on guessing."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from bot.conversations.database import Database
from bot.conversations.models import agents
from bot.conversations.records import now

Role = Literal["agent", "supervisor"]
FREE_ATTEMPTS = 5
LONGEST_WAIT = 300.0
# Checked against for unknown names too, so that an answer's time does not tell which names exist.
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


class SlowDown(Exception):
    """Too many wrong passwords for this name; `seconds` to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True)
class Agent:
    """A person at the desk; `name` is what buyers read."""

    id: int
    username: str
    name: str
    role: Role
    language: str


_COLUMNS = [agents.c[n] for n in ("id", "username", "name", "role", "language")]


class Agents:
    """Accounts of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._failures: dict[str, tuple[int, float]] = {}

    async def add(self, username: str, name: str, role: Role, password: str, language: str = "en") -> Agent:
        """Creates an account; raises ValueError where the name is taken or the password under 10 characters."""
        if len(password) < 10:
            raise ValueError("a password has at least 10 characters")
        digest = await asyncio.to_thread(_HASHER.hash, password)
        async with self._database.begin() as connection:
            taken = sa.select(agents.c.id).where(agents.c.username == username)
            if (await connection.execute(taken)).first():
                raise ValueError(f"the account {username} exists already")
            result = await connection.execute(
                sa.insert(agents)
                .values(
                    username=username, name=name, role=role, password_hash=digest, language=language, created_at=now()
                )
                .returning(agents.c.id)
            )
            return Agent(result.scalar_one(), username, name, role, language)

    async def first_supervisor(self) -> tuple[str, str] | None:
        """Creates the account `supervisor` where there is none at all; returns name and password, or None."""
        async with self._database.connect() as connection:
            if (await connection.execute(sa.select(agents.c.id).limit(1))).first():
                return None
        password = secrets.token_urlsafe(12)
        await self.add("supervisor", "Robin", "supervisor", password)
        return "supervisor", password

    async def get(self, agent_id: int) -> Agent | None:
        """The account by number."""
        async with self._database.connect() as connection:
            row = (await connection.execute(sa.select(*_COLUMNS).where(agents.c.id == agent_id))).one_or_none()
        return Agent(**row._mapping) if row else None

    async def sign_in(self, username: str, password: str) -> Agent | None:
        """The agent, or None for a wrong name or password; raises SlowDown after repeated failures."""
        failures, until = self._failures.get(username, (0, 0.0))
        wait = until - time.monotonic()
        if wait > 0:
            raise SlowDown(int(wait) + 1)
        async with self._database.connect() as connection:
            query = sa.select(*_COLUMNS, agents.c.password_hash).where(agents.c.username == username)
            row = (await connection.execute(query)).one_or_none()
        try:
            await asyncio.to_thread(_HASHER.verify, row.password_hash if row else _NOBODY, password)
        except VerificationError:
            failures += 1
            pause = min(2.0 ** (failures - FREE_ATTEMPTS), LONGEST_WAIT) if failures >= FREE_ATTEMPTS else 0.0
            self._failures[username] = (failures, time.monotonic() + pause)
            return None
        self._failures.pop(username, None)
        return Agent(**{c.name: getattr(row, c.name) for c in _COLUMNS}) if row else None

    async def set_language(self, agent: Agent, language: str) -> None:
        """Keeps the language in which the agent reads the desk."""
        async with self._database.begin() as connection:
            await connection.execute(sa.update(agents).where(agents.c.id == agent.id).values(language=language))
