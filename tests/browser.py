"""The browser of the tests: Debian's Chromium, driven by Playwright, or one clear line why it is missing."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium. Without one the test is skipped, but fails where `CI` is set."""
    if not CHROMIUM.exists():
        reason = f"no browser: {CHROMIUM} is missing (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
