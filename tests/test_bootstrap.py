"""Set-up: one clear sentence for what a person can mend, and nothing done twice."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bot.settings import ROOT

NAMES = ("PARLEY_SECRET", "PARLEY_ASSISTANT_SECRET", "PARLEY_IDENTITY_SECRET")
PORTS = ("PARLEY_PORT", "PARLEY_ASSISTANT_URL", "PARLEY_ACTIONS_URL")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of the project in which nothing is installed, and a machine without any setting of ours."""
    for name in ("PARLEY_VAR", "PARLEY_HOST", "UV_FIND_LINKS", "PIP_FIND_LINKS", *NAMES, *PORTS):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "bot").mkdir()
    shutil.copy(ROOT / "bot" / "bootstrap.py", tmp_path / "bot" / "bootstrap.py")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


@pytest.fixture
def bootstrap(tree: Path) -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("cloned_bootstrap", tree / "bot" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    assert tree == module.ROOT
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """What a person reads on the error channel."""
    text = capsys.readouterr().err.strip()
    assert "Traceback" not in text
    return text


# Ports


@pytest.mark.parametrize("setting", PORTS)
def test_a_port_in_use_is_one_clear_sentence(
    bootstrap: ModuleType,
    taken: int,
    setting: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in PORTS:
        port = taken if name == setting else free_port()
        monkeypatch.setenv(name, str(port) if name == "PARLEY_PORT" else f"http://127.0.0.1:{port}")
    assert bootstrap.main(["run"]) == 1
    assert sentence(capsys) == f"Port {taken} is in use: stop the program that holds it, or set {setting}."


def test_free_ports_are_fine(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PORTS:
        monkeypatch.setenv(name, str(free_port()) if name == "PARLEY_PORT" else f"http://127.0.0.1:{free_port()}")
    bootstrap.check_ports()


@pytest.mark.parametrize(
    ("name", "value"), [("PARLEY_PORT", "eight"), ("PARLEY_PORT", "70000"), ("PARLEY_HOST", "192.0.2.1")]
)
def test_an_address_that_is_none_is_named(
    bootstrap: ModuleType,
    name: str,
    value: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    assert bootstrap.main(["run"]) == 1
    text = sentence(capsys)
    assert value in text
    assert "PARLEY_PORT" in text
    assert "in use" not in text


def test_an_unknown_command_is_named(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["fly"]) == 1
    assert "'fly'" in sentence(capsys)


# Work that is done once


def test_work_is_done_once_for_each_key(bootstrap: ModuleType, tmp_path: Path) -> None:
    stamp = tmp_path / "deep" / "stamp"
    done: list[str] = []
    for key in ("a", "a", "b", "b", "a"):
        before = len(done)
        told = bootstrap.unless_done(stamp, key, lambda key=key: done.append(key))
        assert told is (len(done) > before)
    assert done == ["a", "b", "a"]


def test_work_that_failed_is_done_again(bootstrap: ModuleType, tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError("no room")

    stamp = tmp_path / "stamp"
    bootstrap.unless_done(stamp, "a", lambda: None)
    with pytest.raises(OSError, match="no room"):
        bootstrap.unless_done(stamp, "b", fail)
    assert bootstrap.unless_done(stamp, "a", lambda: None)


def test_a_digest_changes_with_content_name_and_words(bootstrap: ModuleType, tree: Path) -> None:
    one = tree / "one.yml"
    one.write_text("a")
    digests = [bootstrap.digest([one]), bootstrap.digest([one], "3.11")]
    one.write_text("b")
    digests.append(bootstrap.digest([one]))
    digests.append(bootstrap.digest([one.rename(tree / "other.yml")]))
    assert len(set(digests)) == 4


def test_models_are_trained_again_only_when_what_they_read_has_changed(bootstrap: ModuleType, tree: Path) -> None:
    program(
        tree / ".venv" / "rasa" / "bin" / "python",
        "echo trained >> log; mkdir -p var/models/fresh; echo model > var/models/fresh/parley.tar.gz",
    )
    program(tree / ".venv" / "app" / "bin" / "python", "echo indexed >> log")
    data, corpus = tree / "nlu_data" / "en" / "orders.yml", tree / "faq_corpus" / "en" / "orders.yml"
    for path in (data, corpus):
        path.parent.mkdir(parents=True)
        path.write_text("a")

    def work() -> list[str]:
        log = tree / "log"
        log.unlink(missing_ok=True)
        bootstrap.train()
        return log.read_text().split() if log.exists() else []

    assert work() == ["trained", "indexed"]
    assert work() == []
    data.write_text("b")
    assert work() == ["trained"]
    corpus.write_text("b")
    assert work() == ["indexed"]
    (tree / "var" / "models" / "parley.tar.gz").unlink()
    assert work() == ["trained"]
    assert work() == []


def test_a_command_that_fails_shows_the_end_of_its_log(
    bootstrap: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = program(tree / "broken", 'for n in $(seq 40); do echo "line $n"; done; exit 3')
    with pytest.raises(bootstrap.SetupError) as error:
        bootstrap.call([broken, "train"], "train.log")
    lines = str(error.value).splitlines()
    assert lines[0] == "`broken train` failed; the end of var/log/train.log:"
    assert lines[-1] == "line 40"
    assert len(lines) < 20


# Interpreters


@pytest.fixture
def bare_machine(tree: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with an installer that cannot fetch Python 3.10, and nothing else on its path."""
    refuse = 'case "$*" in venv*3.10*) echo "no interpreter found for Python 3.10" >&2; exit 2;; esac'
    program(tree / "tools" / "uv", refuse)
    monkeypatch.setenv("PATH", str(tree / "tools"))
    monkeypatch.setenv("PYENV_ROOT", str(tree / "pyenv"))
    monkeypatch.setenv("HOME", str(tree))
    return tree


@pytest.mark.usefixtures("bare_machine")
def test_a_missing_interpreter_is_one_clear_sentence(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["train"]) == 1
    text = sentence(capsys)
    assert text.startswith("Python 3.10 is missing and could not be fetched: install python3.10.")
    assert "no interpreter found" in text


@pytest.mark.usefixtures("bare_machine")
def test_an_environment_is_built_once_for_its_lock_file(bootstrap: ModuleType, tree: Path) -> None:
    installs = tree / "installs"
    program(tree / "tools" / "uv", f'echo "$1 $2" >> {installs}')
    for _ in range(2):
        bootstrap.environment("app", "app", (3, 11))
    assert installs.read_text().split("\n")[:-1] == ["--version ", "venv -q", "pip install"]
    (tree / "requirements" / "app.txt").write_text("other==1")
    bootstrap.environment("app", "app", (3, 11))
    assert installs.read_text().count("pip install") == 2


def test_an_interpreter_is_found_on_the_path(bare_machine: Path, bootstrap: ModuleType) -> None:
    assert bootstrap.find_python((3, 10)) is None
    found = program(bare_machine / "tools" / "python3.10", "exit 0")
    assert bootstrap.find_python((3, 10)) == found


def test_a_shim_that_does_not_start_is_no_interpreter(bare_machine: Path, bootstrap: ModuleType) -> None:
    program(bare_machine / "tools" / "python3.10", "echo 'pyenv: version not installed' >&2; exit 127")
    assert bootstrap.find_python((3, 10)) is None
    own = program(bare_machine / "pyenv" / "versions" / "3.10.14" / "bin" / "python3.10", "exit 0")
    assert bootstrap.find_python((3, 10)) == own


# Secrets


def test_secrets_are_made_once_for_the_owner_alone(bootstrap: ModuleType, tree: Path) -> None:
    made = bootstrap.secret_settings()
    path = tree / "var" / "secrets.env"
    assert set(made) == set(NAMES)
    assert len(set(made.values())) == 3
    assert all(len(secret) >= 32 for secret in made.values())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert bootstrap.secret_settings() == made


def test_a_missing_secret_is_added_to_those_that_are_kept(bootstrap: ModuleType, tree: Path) -> None:
    path = tree / "var" / "secrets.env"
    path.parent.mkdir()
    path.write_text("PARLEY_SECRET=kept\nOTHER=a=b\n")
    made = bootstrap.secret_settings()
    assert made["PARLEY_SECRET"] == "kept"
    assert path.read_text().startswith("PARLEY_SECRET=kept\nOTHER=a=b\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert bootstrap.secret_settings() == made


def test_a_secret_of_the_environment_wins(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_SECRET", "from outside")
    assert bootstrap.secret_settings()["PARLEY_SECRET"] == "from outside"


def test_the_data_may_lie_elsewhere(bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path / "elsewhere"))
    bootstrap.secret_settings()
    assert (tmp_path / "elsewhere" / "secrets.env").is_file()
