"""Starts the action server: python -m bot.actions."""

from __future__ import annotations

import logging
import warnings
from typing import Any
from urllib.parse import urlsplit

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from bot.actions.services import services
from bot.settings import settings


class Executor(ActionExecutor):
    """Runs actions without Rasa's domain: none of ours reads it, and sending it with every call is slow."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """An empty domain (endpoints.yml: enable_selective_domain)."""
        return {}


def main() -> None:
    """Loads orders and knowledge first, so that the first buyer does not wait for them; then serves on loopback."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Rasa 3.6 and this SDK speak the same protocol; the version numbers alone differ.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    services()
    executor = Executor()
    executor.register_package("bot.actions")
    address = urlsplit(settings().actions_url)
    app = create_app(executor)
    app.config.KEEP_ALIVE_TIMEOUT = 120
    app.run(host=address.hostname, port=address.port, workers=1, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
