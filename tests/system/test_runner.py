"""Starting and stopping as a person does it."""

import signal
import socket
import subprocess
from pathlib import Path

import pytest

from bot.bootstrap import ROOT
from tests.system.processes import PYTHON, System, alive, wait_until

pytestmark = pytest.mark.system


@pytest.mark.parametrize("command", [["bot.bootstrap", "run"], ["bot.run"]], ids=["make run", "bot.run"])
@pytest.mark.parametrize("which", [0, 1, 2], ids=["gateway", "assistant", "actions"])
def test_a_port_in_use_is_one_sentence(command: list[str], which: int, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        system = System(tmp_path, **{("gateway", "assistant", "actions")[which]: port})
        done = subprocess.run(
            [PYTHON, "-m", *command], cwd=ROOT, env=system.environment, capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 1
    said = done.stderr.strip().splitlines()
    assert len(said) == 1
    assert f"Port {port} is in use" in said[0]
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.timeout(240)
def test_ctrl_c_ends_every_process(model: None, tmp_path: Path) -> None:
    system = System(tmp_path / "var")
    try:
        system.start()
        pids = system.pids()
        assert set(pids) == {"supervisor", "gateway", "assistant", "actions"}
        assert system.runner is not None
        system.runner.send_signal(signal.SIGINT)
        assert system.runner.wait(15) == 0
        wait_until(lambda: not any(alive(pid) for pid in pids.values()), 15.0, lambda: str(pids))
    finally:
        system.stop()
