"""Every setting of the gateway and the action server, typed, read from the environment.

Names carry the prefix PARLEY_ unless they are customary without it (DATABASE_URL). Secrets are generated at the
first run into var/secrets.env; an environment variable wins over that file.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of one process; see README for what each does."""

    model_config = SettingsConfigDict(
        env_prefix="PARLEY_", env_file=(ROOT / "var" / "secrets.env", ROOT / ".env"), extra="ignore"
    )

    host: str = "127.0.0.1"
    port: int = 8000
    assistant_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055"
    var: Path = ROOT / "var"
    store: Path = ROOT / "store.yml"
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    orders_database: Path | None = None

    secret: str = Field(default="", description="signs conversation tokens and the desk's sessions")
    assistant_secret: str = Field(default="", description="shared with the Rasa channel")
    identity_secret: str = Field(default="", description="shared with the shop, which signs its buyers' tokens")
    allowed_origins: list[str] = Field(default=["*"], description="pages that may embed the chat")
    demo: bool = Field(default=True, description="serve the demo shop page")

    token_days: int = 30
    turn_timeout: float = Field(default=20.0, description="seconds a turn may take before the buyer is told")
    pending_limit: int = Field(default=30, description="unanswered messages a conversation may hold")
    sessions_per_minute: int = Field(default=600, description="new conversations from one address")
    body_limit: int = Field(default=64 * 1024, description="bytes of a storefront request")
    busy_seconds: float = Field(default=5.0, description="seconds a write waits for another program to release SQLite")
    heartbeat_seconds: float = Field(
        default=15.0, description="pause after which an idle event stream shows it is alive"
    )

    @property
    def log_url(self) -> str:
        """SQLAlchemy address of the conversation log."""
        return self.database_url or f"sqlite+aiosqlite:///{self.var / 'parley.db'}"

    @property
    def orders_path(self) -> Path:
        """The sample shop's database file."""
        return self.orders_database or self.var / "shop.db"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
