"""Sets Parley up on a machine that has nothing but Python 3.11: environments, models, index, sample shop.

    python3 -m bot.bootstrap run|test-environment|train|lock

Uses the standard library only, because it runs before anything is installed. Does nothing that is already done.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"
MODELS = ROOT / "var" / "models"
LOGS = ROOT / "var" / "log"
UV_VERSION = "0.13.9"
APP_PYTHON = (3, 11)
SILENT_SECONDS = 3.0


class SetupError(Exception):
    """Set-up cannot go on; the message is one sentence that says what to do."""


def var() -> Path:
    """Where data lives; PARLEY_VAR moves it."""
    return Path(os.environ.get("PARLEY_VAR") or ROOT / "var")


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Says what is going on and, past three seconds, that it still is."""
    interactive = sys.stdout.isatty()
    started = time.monotonic()
    done = threading.Event()

    def tick() -> None:
        while not done.wait(1.0 if interactive else 15.0):
            seconds = time.monotonic() - started
            if interactive and seconds >= SILENT_SECONDS:
                print(f"\r{what} … {seconds:.0f} s", end="", flush=True)
            elif not interactive:
                print(f"{what} … {seconds:.0f} s", flush=True)

    print(f"{what} …", end="" if interactive else "\n", flush=True)
    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        print(f"{chr(13) if interactive else ''}{what}: {time.monotonic() - started:.0f} s", flush=True)


def call(command: list[str | Path], log_name: str, *, environment: dict[str, str] | None = None) -> None:
    """Runs a command with its output in var/log; raises SetupError with the end of that output."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / log_name
    with path.open("w", encoding="utf-8") as log:
        code = subprocess.run(
            [str(c) for c in command],
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        ).returncode
    if code:
        tail = "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise SetupError(
            f"`{Path(str(command[0])).name} {command[1]}` failed; the end of {path.relative_to(ROOT)}:\n{tail}"
        )


def digest(paths: Iterable[Path], *extra: str) -> str:
    """Changes when one of the files, their names or the extra words change."""
    total = hashlib.sha256(" ".join(extra).encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def unless_done(stamp: Path, key: str, work: Callable[[], None]) -> bool:
    """Does the work unless the stamp says that it was done for this key; returns whether it was done now."""
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == key:
        return False
    stamp.unlink(missing_ok=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key, encoding="utf-8")
    return True


def _runs(candidate: str | Path, version: tuple[int, int]) -> bool:
    """Whether this interpreter starts and has the version: a shim may be on the path and still not run."""
    test = f"import sys; raise SystemExit(sys.version_info[:2] != {version!r})"
    try:
        return subprocess.run([str(candidate), "-c", test], capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find_python(version: tuple[int, int]) -> Path | None:
    """An interpreter of exactly this version on the path or under pyenv."""
    name = f"python{version[0]}.{version[1]}"
    on_path = shutil.which(name)
    candidates = [Path(on_path)] if on_path else []
    for root in dict.fromkeys((os.environ.get("PYENV_ROOT"), str(Path.home() / ".pyenv"))):
        if root:
            candidates += sorted(Path(root).glob(f"versions/{version[0]}.{version[1]}.*/bin/{name}"), reverse=True)
    return next((c for c in candidates if _runs(c, version)), None)


def uv() -> Path:
    """uv of the machine, or one installed beside the environments."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:
        return Path(found)
    own = VENV / "tools" / "bin" / "uv"
    if not own.is_file():
        with progress("Fetching the package installer"):
            call([sys.executable, "-m", "venv", VENV / "tools"], "tools.log")
            call([VENV / "tools" / "bin" / "python", "-m", "pip", "install", "-q", f"uv=={UV_VERSION}"], "tools.log")
    return own


def _uv_environment() -> dict[str, str]:
    """uv looks where pip was told to look; a CPU build of torch then wins over gigabytes of CUDA packages."""
    links = os.environ.get("UV_FIND_LINKS") or os.environ.get("PIP_FIND_LINKS") or ""
    return {"UV_FIND_LINKS": ",".join(links.split())} if links else {"UV_TORCH_BACKEND": "cpu"}


def environment(name: str, lock: str, version: tuple[int, int]) -> None:
    """Creates or renews .venv/<name> from requirements/<lock>.txt."""
    folder, lock_file = VENV / name, LOCKS / f"{lock}.txt"
    key = digest([lock_file], f"{version}")
    accepted = {key}
    if lock == "app":  # the test environment holds everything that the app's does
        accepted.add(digest([LOCKS / "dev.txt"], f"{version}"))
    stamp = folder / ".installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") in accepted:
        return

    def build() -> None:
        installer = uv()
        python: Path | None = (
            Path(sys.executable) if version == APP_PYTHON and sys.version_info[:2] >= version else None
        )
        python = python or find_python(version)
        extra: list[str | Path] = ["--python", python or f"{version[0]}.{version[1]}"]
        try:
            if not _runs(folder / "bin" / "python", version):
                call([installer, "venv", "-q", "--clear", *extra, folder], f"{name}.log", environment=_uv_environment())
        except SetupError as error:
            wanted = f"{version[0]}.{version[1]}"
            raise SetupError(
                f"Python {wanted} is missing and could not be fetched: install python{wanted}. {error}"
            ) from None
        call(
            [installer, "pip", "install", "-q", "--python", folder / "bin" / "python", "-r", lock_file],
            f"{name}.log",
            environment=_uv_environment(),
        )

    with progress(f"Installing the {name} environment"):
        unless_done(stamp, key, build)


def environments(lock: str = "app") -> None:
    """Both environments."""
    environment("app", lock, APP_PYTHON)
    environment("rasa", "rasa", (3, 10))


def browser() -> None:
    """Chromium for the browser tests, where it is missing and Debian's packages can be had; else they are skipped."""
    if shutil.which("chromium") or shutil.which("google-chrome"):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print("Chromium is missing: the browser tests will be skipped (install the package chromium to run them).")
        return
    packages = ["chromium", "fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji"]
    try:
        with progress("Installing Chromium for the browser tests"):
            call(["apt-get", "update", "-q"], "browser.log")
            call(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], "browser.log")
    except SetupError:
        print("Chromium could not be installed: the browser tests will be skipped; see var/log/browser.log.")


def _files(*patterns: str) -> list[Path]:
    return [p for pattern in patterns for p in ROOT.glob(pattern) if p.is_file() and "__pycache__" not in p.parts]


def train() -> None:
    """Trains Rasa and builds the knowledge index, each only when something it reads has changed."""
    sources = _files(
        "nlu_data/**/*",
        "config.yml",
        "domain.yml",
        "bot/nlu/*.py",
        "bot/locales/languages.yml",
        "requirements/rasa.txt",
    )
    sources += _files("bot/dialogue/policy.py")
    model = MODELS / "parley.tar.gz"

    def rasa() -> None:
        fresh = MODELS / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["--data", "nlu_data", "--domain", "domain.yml", "--config", "config.yml"]
        with progress("Training understanding and dialogue"):
            call(
                [
                    VENV / "rasa" / "bin" / "python",
                    "-m",
                    "rasa",
                    "train",
                    *options,
                    "--out",
                    fresh,
                    "--fixed-model-name",
                    "parley",
                ],
                "train.log",
                environment={"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"},
            )
        (fresh / "parley.tar.gz").replace(model)

    key = digest(sources)
    unless_done(MODELS / "parley.stamp", key if model.is_file() else key + "?", rasa)
    if not model.is_file():
        raise SetupError("training left no model; see var/log/train.log")
    (MODELS / "parley.stamp").write_text(key, encoding="utf-8")

    def index() -> None:
        with progress("Building the knowledge index"):
            call([VENV / "app" / "bin" / "python", "-m", "retrieval", "build"], "index.log")

    unless_done(
        MODELS / "index.stamp",
        digest(_files("faq_corpus/**/*.yml", "retrieval/*.py", "retrieval/model/*", "retrieval/*.json")),
        index,
    )


def secret_settings() -> dict[str, str]:
    """The secrets of this installation, generated once into var/secrets.env."""
    path = var() / "secrets.env"
    names = ("PARLEY_SECRET", "PARLEY_ASSISTANT_SECRET", "PARLEY_IDENTITY_SECRET")
    kept: dict[str, str] = {}
    if path.is_file():
        rows = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines() if "=" in line)
        kept = {name: value for name, _, value in rows}
    missing = [name for name in names if not kept.get(name)]
    if missing:
        kept |= {name: secrets.token_urlsafe(32) for name in missing}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text("".join(f"{name}={value}\n" for name, value in kept.items()), encoding="utf-8")
    return {name: os.environ.get(name) or kept[name] for name in names}


def ports() -> dict[str, tuple[str, int]]:
    """Host and port of each process."""
    assistant = urlsplit(os.environ.get("PARLEY_ASSISTANT_URL") or "http://127.0.0.1:5005")
    actions = urlsplit(os.environ.get("PARLEY_ACTIONS_URL") or "http://127.0.0.1:5055")
    try:
        gateway = (os.environ.get("PARLEY_HOST") or "127.0.0.1", int(os.environ.get("PARLEY_PORT") or 8000))
    except ValueError:
        raise SetupError(f"PARLEY_PORT is {os.environ['PARLEY_PORT']!r}: set it to a number such as 8000.") from None
    return {
        "PARLEY_PORT": gateway,
        "PARLEY_ASSISTANT_URL": (assistant.hostname or "127.0.0.1", assistant.port or 5005),
        "PARLEY_ACTIONS_URL": (actions.hostname or "127.0.0.1", actions.port or 5055),
    }


def check_ports() -> None:
    """Raises SetupError when one of the three ports is taken."""
    for name, address in ports().items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except (OSError, OverflowError) as error:
                if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                    raise SetupError(
                        f"Port {address[1]} is in use: stop the program that holds it, or set {name}."
                    ) from error
                raise SetupError(f"Cannot listen on {address[0]}:{address[1]} ({error}); see {name}.") from error


def lock() -> None:
    """Renews the lock files from their .in files."""
    for name, version in (("app", "3.11"), ("dev", "3.11"), ("rasa", "3.10")):
        with progress(f"Locking {name}"):
            call(
                [uv(), "pip", "compile", "-q", "--upgrade", "--no-header", "--no-annotate", "--python-version", version,
                 LOCKS / f"{name}.in", "-o", LOCKS / f"{name}.txt"],
                "lock.log", environment=_uv_environment(),
            )  # fmt: skip
        # A CPU build's own version would exist on this machine only.
        text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8").replace("+cpu", "")
        (LOCKS / f"{name}.txt").write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Command line; one clear sentence for what a person can mend."""
    what = arguments[0] if arguments else "run"
    try:
        if sys.version_info[:2] < APP_PYTHON:
            raise SetupError("Parley needs Python 3.11 or newer: install python3.11 or set PYTHON=/path/to/python3.11.")
        if what == "lock":
            lock()
        elif what == "test-environment":
            environments("dev")
            browser()
            train()
        elif what == "train":
            environments()
            train()
        elif what == "run":
            check_ports()
            environments()
            train()
            python = VENV / "app" / "bin" / "python"
            os.chdir(ROOT)
            os.execve(python, [str(python), "-m", "bot.run"], {**os.environ, **secret_settings()})
        else:
            raise SetupError(f"unknown command {what!r}")
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
