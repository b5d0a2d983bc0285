"""Starts gateway, assistant and actions under supervisord, waits until they are healthy, stops them on Ctrl-C.

supervisord watches the three and restarts one that dies.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import httpx

from bot.bootstrap import MODELS, ROOT, VENV, SetupError, check_ports, ports, progress, var

START_SECONDS = 120.0
_PROGRAM = """
[program:{name}]
command={command}
directory={root}
environment={environment}
autorestart=true
startretries=1000
startsecs=2
stopwaitsecs=8
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={log}
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=2
"""


def _quoted(value: str) -> str:
    return '"' + value.replace("%", "%%").replace('"', '\\"') + '"'


def configuration() -> str:
    """supervisord.conf for the three processes."""
    address = ports()
    app, rasa = VENV / "app" / "bin", VENV / "rasa" / "bin"
    folder = var()
    host, port = address["PARLEY_PORT"]
    assistant_host, assistant_port = address["PARLEY_ASSISTANT_URL"]
    actions_host, actions_port = address["PARLEY_ACTIONS_URL"]
    shared = {
        "PARLEY_VAR": str(folder),
        "PARLEY_ASSISTANT_URL": f"http://{assistant_host}:{assistant_port}",
        "PARLEY_ACTIONS_URL": f"http://{actions_host}:{actions_port}",
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    programs = {
        "actions": (f"{app}/python -m bot.actions", {}),
        "assistant": (
            f"{rasa}/python -m rasa run --quiet --model {MODELS / 'parley.tar.gz'} --endpoints endpoints.yml"
            f" --credentials credentials.yml --interface {assistant_host} --port {assistant_port}",
            {
                "RASA_TELEMETRY_ENABLED": "false",
                "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
                "PARLEY_TRACKER_URL": os.environ.get("PARLEY_TRACKER_URL") or f"sqlite:///{folder / 'trackers.db'}",
            },
        ),
        "gateway": (
            f"{app}/uvicorn bot.app:create_app --factory --host {host} --port {port} --no-access-log"
            " --log-level warning --timeout-graceful-shutdown 3",
            {"PARLEY_SUPERVISED": "1"},
        ),
    }
    logs = folder / "log"
    logs.mkdir(parents=True, exist_ok=True)
    head = f"[supervisord]\nnodaemon=true\nlogfile={logs / 'supervisord.log'}\npidfile={folder / 'supervisord.pid'}\n"
    return head + "".join(
        _PROGRAM.format(
            name=name,
            command=command.replace("%", "%%"),
            root=ROOT,
            environment=",".join(f"{k}={_quoted(v)}" for k, v in {**shared, **own}.items()),
            log=logs / f"{name}.log",
        )
        for name, (command, own) in programs.items()
    )


def wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> list[str]:
    """Waits for GET /health; returns what is still missing (nothing when all is well)."""
    missing = ["gateway"]
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = httpx.get(f"{url}/health", timeout=3.0, trust_env=False)
            missing = answer.json()["missing"]
            if answer.status_code == httpx.codes.OK:
                return []
        except (httpx.HTTPError, ValueError, KeyError):
            missing = ["gateway"]
        time.sleep(0.25)
    return missing


def first_account(folder: Path) -> tuple[str, str] | None:
    """The desk's first account, which is shown once and then forgotten."""
    path = folder / "first-account.json"
    if not path.is_file():
        return None
    account = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return account["username"], account["password"]


def main() -> int:
    """Runs until Ctrl-C."""
    try:
        check_ports()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    folder = var()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "supervisord.conf"
    file.touch(mode=0o600)
    file.write_text(configuration(), encoding="utf-8")
    # Its own process group: Ctrl-C reaches this process, which then stops the three in order.
    supervisor = subprocess.Popen(
        [VENV / "app" / "bin" / "supervisord", "-n", "-c", str(file)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    host, port = ports()["PARLEY_PORT"]
    url = f"http://{host}:{port}"
    try:
        with progress("Starting"):
            missing = wait_until_healthy(url, supervisor)
        if missing:
            print(
                f"Not ready after {START_SECONDS:.0f} s: {', '.join(missing)}. See {folder / 'log'}.", file=sys.stderr
            )
            return 1
        print(f"\n  Demo shop  {url}/demo/\n  Desk       {url}/desk/\n  API        {url}/api/docs")
        account = first_account(folder)
        if account:
            print(f"\n  First desk account (shown once): {account[0]} / {account[1]}")
        print("\nCtrl-C stops everything.", flush=True)
        return supervisor.wait()
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        if supervisor.poll() is None:
            supervisor.terminate()
            try:
                supervisor.wait(timeout=30)
            except subprocess.TimeoutExpired:
                supervisor.kill()


if __name__ == "__main__":
    sys.exit(main())
