"""The terminal chat: through a pipe and through a terminal, against the storefront's double."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.chat import printable
from tests.channels.storefront_double import Fault, StorefrontDouble, catalogue

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
PATIENCE = 20.0
GERMAN = catalogue("de")
CHOICES = [{"id": "c2-0", "label": "Ja, bitte"}, {"id": "c2-1", "label": "Nein, danke"}]


@pytest.fixture
def shop() -> Iterator[StorefrontDouble]:
    double = StorefrontDouble()
    double.start()
    yield double
    double.stop()


class Piped:
    """The chat with a pipe on either side; `until` reads what it says."""

    def __init__(self, url: str, language: str = "de") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.chat", "--language", language, "--url", url],
            cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.said = ""

    def write(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.process.stdin.flush()

    def until(self, text: str) -> str:
        """Reads until this is said; returns all that was said."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + PATIENCE
        while text not in self.said:
            ready, _, _ = select.select([self.process.stdout], [], [], max(deadline - time.monotonic(), 0))
            assert ready, f"{text!r} was not said in time: {self.said!r}"
            piece = os.read(self.process.stdout.fileno(), 65536)
            assert piece, f"the chat ended without {text!r}: {self.said!r}"
            self.said += piece.decode()
        return self.said

    def end(self) -> str:
        """The pipe ends; returns all that was said."""
        rest, errors = self.process.communicate(timeout=PATIENCE)
        assert not errors, errors.decode()
        self.said += rest.decode()
        return self.said


@pytest.fixture
def chat(shop: StorefrontDouble) -> Iterator[Callable[..., Piped]]:
    opened: list[Piped] = []

    def open_(language: str = "de") -> Piped:
        opened.append(Piped(shop.base, language))
        return opened[-1]

    yield open_
    for each in opened:
        each.process.kill()
        each.process.communicate()


def echo(text: str) -> list[dict[str, object]]:
    return [{"from": "bot", "text": f"Sie schrieben: {text}"}]


def test_lines_are_sent_one_after_the_other_and_answered(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    shop.reply = echo
    talking = chat()
    talking.write("Hallo", "", "   ", "Wo ist mein Paket?")
    said = talking.end()
    assert talking.process.returncode == 0
    you, bot = GERMAN["chat-from-buyer"], GERMAN["chat-from-bot"]
    assert re.findall(rf"^(?:{you}|{bot}): .*$", said, re.MULTILINE)[-4:] == [
        f"{you}: Hallo",
        f"{bot}: Sie schrieben: Hallo",
        f"{you}: Wo ist mein Paket?",
        f"{bot}: Sie schrieben: Wo ist mein Paket?",
    ]
    assert GERMAN["chat-privacy"] in said
    assert shop.buyer_texts == ["Hallo", "Wo ist mein Paket?"]


def test_a_number_chooses_an_offered_answer(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    shop.reply = lambda text: (
        [{"from": "bot", "kind": "choices", "text": "Soll ich?", "choices": CHOICES}] if text == "Hilfe" else echo(text)
    )
    talking = chat()
    talking.write("Hilfe", "2", "2")
    said = talking.end()
    assert "Soll ich?\n  1. Ja, bitte\n  2. Nein, danke\n" in said
    assert shop.bodies[-2]["choice"] == "c2-1"
    assert shop.bodies[-1]["text"] == "2"  # the offer had lapsed


@pytest.mark.parametrize("number", ["٢", "２"])
def test_numbers_of_any_script_choose(number: str, shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    shop.reply = lambda text: [{"from": "bot", "text": "?", "choices": CHOICES}] if text == "Hilfe" else echo(text)
    talking = chat()
    talking.write("Hilfe", number)
    talking.end()
    assert shop.bodies[-1]["choice"] == "c2-1"


def test_who_speaks_is_said_and_a_person_may_take_over(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    shop.reply = echo
    talking = chat()
    talking.write("Hallo")
    talking.until("Sie schrieben: Hallo")
    shop.own("waiting")
    talking.until(str(GERMAN["chat-waiting"]))
    shop.own("agent", "Mara")
    shop.say("Mara ist jetzt da", "system")
    shop.say("Guten Tag!", "agent", agent="Mara")
    said = talking.until("Mara: Guten Tag!")
    assert str(GERMAN["chat-with-agent"]).replace("{agent}", "Mara") in said
    assert f"{GERMAN['chat-from-system']}: Mara ist jetzt da" in said


def test_a_lost_connection_is_taken_up_without_repeating(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    talking = chat()
    talking.until(str(GERMAN["chat-privacy"]))
    talking.write("Hallo")
    talking.until(": Hallo")
    shop.say("eins")
    talking.until("eins")
    shop.fail("GET /events", Fault(503, "unavailable"))
    shop.drop_streams()
    shop.say("zwei", announce=False)
    shop.say("drei")
    said = talking.until("drei")
    assert [said.count(word) for word in ("eins", "zwei", "drei")] == [1, 1, 1]
    assert said.index("zwei") < said.index("drei")
    assert said.index(str(GERMAN["chat-reconnecting"])) < said.index(str(GERMAN["chat-online"])) < said.index("zwei")


def test_a_message_that_no_stream_announced_is_not_missed(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    shop.reply = echo
    talking = chat()
    talking.write("Hallo")
    talking.until("Sie schrieben: Hallo")
    shop.say("still", announce=False)
    shop.say("laut")
    said = talking.until("laut")
    assert [said.count("still"), said.count("laut")] == [1, 1]


def test_what_is_not_accepted_is_sent_again_under_the_same_id(
    shop: StorefrontDouble, chat: Callable[..., Piped]
) -> None:
    shop.reply = echo
    shop.fail("POST /messages", Fault(503, "unavailable"), Fault(429, "rate_limited", 0))
    talking = chat()
    talking.write("Hallo")
    said = talking.end()
    assert str(GERMAN["chat-busy"]) in said
    assert str(GERMAN["chat-rate-limited"]) in said
    assert shop.count("POST /messages") == 3
    assert shop.buyer_texts == ["Hallo"]


def test_a_refused_message_is_said_to_be_refused(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    shop.reply = echo
    shop.fail("POST /messages", Fault(422, "too_long"))
    talking = chat()
    talking.write("x" * 5000, "kurz")
    said = talking.end()
    assert f"{GERMAN['chat-not-sent']}: {str(GERMAN['chat-too-long']).replace('{max}', '4000')}" in said
    assert "Sie schrieben: kurz" in said


def test_the_language_changes_with_the_conversation(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    talking = chat()
    talking.write("Hallo")
    talking.until(": Hallo")
    shop.own("bot", language="fr")
    shop.own("waiting", language="fr")
    talking.until(str(catalogue("fr")["chat-waiting"]))


def test_right_to_left_lines_carry_their_direction(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    shop.reply = lambda text: [{"from": "bot", "text": "طلبك PL-10432\nفي الطريق"}]
    talking = chat("ar")
    talking.write("أين طلبي؟")
    said = talking.end()
    bot = catalogue("ar")["chat-from-bot"]
    assert f"\u200f{bot}: \u2068طلبك PL-10432\n\u200fفي الطريق\u2069\n" in said
    assert "\x1b" not in said  # a pipe gets no control sequences


def test_an_ended_conversation_ends_the_chat(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    talking = chat()
    talking.write("Hallo")
    talking.until(": Hallo")
    shop.expire()
    talking.until(str(GERMAN["chat-session-ended"]))
    assert talking.process.wait(PATIENCE) == 1


def test_without_a_gateway_there_is_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.chat", "--url", "http://127.0.0.1:1"],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "Parley does not answer at http://127.0.0.1:1: start it with `make run`, or name its address with --url."
    ]


def test_an_unknown_language_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.chat", "--language", "tlh"],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 2
    assert "tlh is none of en, es, zh" in done.stderr


def test_ctrl_c_ends_it(shop: StorefrontDouble, chat: Callable[..., Piped]) -> None:
    talking = chat()
    talking.until(str(GERMAN["chat-privacy"]))
    talking.process.send_signal(signal.SIGINT)
    assert talking.process.wait(PATIENCE) == 0


class Terminal:
    """The chat in a terminal of its own."""

    def __init__(self, url: str) -> None:
        self.keys, inner = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.chat", "--language", "de", "--url", url],
            cwd=ROOT, env=ENVIRONMENT, stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
        )  # fmt: skip
        os.close(inner)
        self.shown = ""
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self.keys, 65536)
            except OSError:  # the other side is closed
                return
            with self._more:
                self.shown += piece.decode(errors="replace")
                self._more.notify_all()

    def press(self, keys: str) -> None:
        os.write(self.keys, keys.encode())

    def until(self, text: str) -> None:
        with self._more:
            assert self._more.wait_for(lambda: text in self.shown, PATIENCE), f"{text!r} not in {self.shown!r}"

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join(PATIENCE)
        os.close(self.keys)


@pytest.fixture
def terminal(shop: StorefrontDouble) -> Iterator[Terminal]:
    opened = Terminal(shop.base)
    yield opened
    opened.close()


def test_a_terminal_shows_who_types_and_ends_with_ctrl_d(shop: StorefrontDouble, terminal: Terminal) -> None:
    shop.reply = echo
    terminal.until(f"{GERMAN['chat-from-buyer']}: ")
    terminal.press("Hallo\n")
    terminal.until("Sie schrieben: Hallo")
    shop.typing("bot")
    terminal.until(str(GERMAN["chat-typing"]).replace("{name}", str(GERMAN["chat-from-bot"])))
    shop.typing("agent", name="Mara")
    terminal.until(str(GERMAN["chat-typing"]).replace("{name}", "Mara"))
    shop.typing("agent", active=False)
    terminal.press("\x04")
    assert terminal.process.wait(PATIENCE) == 0
    assert shop.buyer_texts == ["Hallo"]


def test_what_is_being_typed_survives_a_message(shop: StorefrontDouble, terminal: Terminal) -> None:
    terminal.until(f"{GERMAN['chat-from-buyer']}: ")
    terminal.press("erste\n")
    terminal.until("erste")
    terminal.press("halb ge")
    terminal.until("halb ge")
    shop.say("dazwischen")
    terminal.until(f"{GERMAN['chat-from-bot']}: dazwischen\r\n\r\x1b[K{GERMAN['chat-from-buyer']}: halb ge")


def test_what_is_said_cannot_command_the_terminal() -> None:
    assert printable("\x1b[2Jrot\x07\r\n\tok\x9b1m") == "[2Jrot\nok1m"
