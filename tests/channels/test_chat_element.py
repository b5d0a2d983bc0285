"""The chat element in a real browser, against the storefront double."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect, sync_playwright

from tests.browser import launch
from tests.channels.storefront_double import STOREFRONT, Fault, StorefrontDouble

GREETING = {"from": "bot", "text": "Hello! How can I help?"}
QUESTION: dict[str, Any] = {
    "kind": "choices",
    "text": "What is it about?",
    "choices": [{"id": "c1", "label": "My order"}, {"id": "c2", "label": "A return"}],
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def server() -> Iterator[StorefrontDouble]:
    double = StorefrontDouble()
    double.greeting = [GREETING]
    double.start()
    yield double
    double.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    fresh = browser.new_context(viewport={"width": 1200, "height": 820}, locale="en-GB")
    fresh.set_default_timeout(15_000)
    yield fresh
    fresh.close()


class Chat:
    """The page with the chat, in the words of its buyer."""

    def __init__(self, page: Page, server: StorefrontDouble) -> None:
        self.page = page
        self.server = server
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self._heard(line.type, line.text))
        self.panel = page.locator("parley-chat .panel")
        self.launcher = page.locator("parley-chat .launcher")
        self.input = page.locator("parley-chat textarea")
        self.bubbles = page.locator("parley-chat .bubble")
        self.notice = page.locator("parley-chat .notice")
        self.owner = page.locator("parley-chat .owner")
        self.typing = page.locator("parley-chat .typing")
        self.live = page.locator("parley-chat > [aria-live=polite]")

    def _heard(self, kind: str, text: str) -> None:
        # Chromium reports every refused or dropped request itself; those the tests order on purpose.
        if kind in {"error", "warning"} and not text.startswith("Failed to load resource"):
            self.complaints.append(text)

    def visit(self, path: str = "/page") -> "Chat":
        self.page.goto(self.server.base + path)
        expect(self.launcher).to_be_visible()
        return self

    def open(self) -> "Chat":
        self.launcher.click()
        expect(self.panel).to_be_visible()
        expect(self.bubbles.first).to_be_visible()
        self.until(lambda: bool(self.server.conversation.streams))
        return self

    def write(self, text: str) -> None:
        self.input.fill(text)
        self.input.press("Enter")

    def choice(self, label: str) -> Locator:
        return self.panel.get_by_role("button", name=label, exact=True)

    def until(self, condition: Callable[[], bool]) -> None:
        """Waits for something in the server, letting the browser go on meanwhile."""
        for _ in range(750):
            if condition():
                return
            self.page.evaluate("() => new Promise((done) => setTimeout(done, 20))")
        raise AssertionError("the server never came to the expected state")


@pytest.fixture
def chat(context: BrowserContext, server: StorefrontDouble) -> Chat:
    return Chat(context.new_page(), server)


def test_sends_and_receives(chat: Chat, server: StorefrontDouble) -> None:
    server.reply = lambda text: [{"from": "bot", "text": f"You asked: {text}"}]
    chat.visit().open()
    chat.write("Where is my parcel?")
    expect(chat.bubbles).to_have_text([GREETING["text"], "Where is my parcel?", "You asked: Where is my parcel?"])
    expect(chat.panel.locator(".unsent")).to_have_count(0)
    expect(chat.input).to_have_value("")
    assert server.buyer_texts == ["Where is my parcel?"]


def test_no_conversation_before_the_chat_is_opened(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit()
    assert server.count("POST /sessions") == 0
    chat.open()
    assert server.count("POST /sessions") == 1


def test_greets_by_itself_where_the_log_has_no_greeting(chat: Chat, server: StorefrontDouble) -> None:
    server.greeting = []
    server.more_strings = {"greeting": "Welcome to the shop!"}
    chat.visit().open()
    chat.write("hello")
    chat.until(lambda: server.buyer_texts == ["hello"])
    server.say("Hi.")
    expect(chat.bubbles).to_have_text(["Welcome to the shop!", "hello", "Hi."])
    chat.page.reload()
    expect(chat.bubbles).to_have_text(["Welcome to the shop!", "hello", "Hi."])


def test_reload_shows_the_history_without_announcing_it(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    chat.write("first")
    expect(chat.panel.locator("li.buyer:not(.unsent)")).to_have_count(1)
    chat.page.reload()
    expect(chat.bubbles).to_have_text([GREETING["text"], "first"])
    expect(chat.live).to_be_empty()
    assert server.count("POST /sessions") == 1


def test_announces_only_what_is_new(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    chat.page.reload()
    chat.open()
    server.say("It is on its way.")
    expect(chat.live).to_have_text("Assistant: It is on its way.")


def test_minimised_chat_counts_the_unread(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    chat.input.press("Escape")
    server.say("one")
    server.say("two")
    expect(chat.launcher).to_have_attribute("aria-label", "Open chat, 2 new messages")
    expect(chat.live).to_contain_text("2 new messages")
    chat.launcher.click()
    chat.input.press("Escape")
    expect(chat.launcher).to_have_attribute("aria-label", "Open chat")


def test_lost_connection_loses_and_repeats_nothing(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    server.drop_streams()
    chat.until(lambda: not server.conversation.streams)
    server.say("said while away")
    chat.until(lambda: bool(server.conversation.streams))
    server.say("said after")
    server.say("unheard", announce=False)  # stored, but this stream is not told
    server.say("last")
    expect(chat.bubbles).to_have_text([GREETING["text"], "said while away", "said after", "unheard", "last"])


def test_falls_back_to_polling_and_says_so_only_when_lost(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit()
    server.fail("GET /events", *[Fault(502, "bad_gateway")] * 9)
    chat.launcher.click()
    chat.until(lambda: server.count("GET /events") == 3)
    server.say("by polling")
    expect(chat.bubbles.last).to_have_text("by polling")
    expect(chat.notice).not_to_contain_text("Connection lost")


def test_tells_that_the_connection_is_lost_and_back(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    server.typing("bot")
    expect(chat.typing).to_be_visible()
    server.fail("GET /events", *[Fault(502, "bad_gateway")] * 9)
    server.fail("GET /messages", *[Fault(502, "bad_gateway")] * 2)
    server.drop_streams()
    expect(chat.typing).to_be_hidden()
    expect(chat.notice).to_have_text("Connection lost. Reconnecting…")
    server.say("meanwhile")
    expect(chat.notice).to_have_text("Connected again.", timeout=15_000)
    expect(chat.bubbles.last).to_have_text("meanwhile")


def test_an_answer_lost_on_the_way_is_not_sent_twice(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.request.post_data or "")
        route.fetch()
        return route.abort()

    chat.page.route("**/messages", lose_the_first_answer)
    chat.write("only once")
    chat.write("and then this")
    expect(chat.panel.locator("li.buyer:not(.unsent)")).to_have_count(2)
    assert lost
    assert server.buyer_texts == ["only once", "and then this"]


def test_unsent_text_survives_a_reload(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    server.fail("POST /messages", Fault(503, "unavailable", 60))
    chat.write("keep me")
    expect(chat.notice).to_contain_text("can't take messages for the moment")
    chat.page.reload()
    expect(chat.panel.locator("li.buyer:not(.unsent) .bubble")).to_have_text("keep me")
    assert server.buyer_texts == ["keep me"]


def test_retries_after_503_and_429(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    server.fail("POST /messages", Fault(503, "unavailable", 1), Fault(429, "rate_limited", 1))
    chat.write("patience")
    expect(chat.notice).to_contain_text("can't take messages for the moment")
    expect(chat.notice).to_contain_text("That was a lot at once")
    expect(chat.panel.locator("li.buyer:not(.unsent)")).to_have_count(1)
    expect(chat.notice).to_be_hidden()
    assert server.buyer_texts == ["patience"]


def test_a_refused_message_can_be_tried_again(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    server.fail("POST /messages", Fault(422, "invalid_text"))
    chat.write("odd")
    expect(chat.panel.locator("li.unsent")).to_contain_text("Not sent")
    chat.choice("Try again").click()
    expect(chat.panel.locator("li.unsent")).to_have_count(0)
    assert server.buyer_texts == ["odd"]


def test_only_the_latest_choices_can_be_chosen(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    server.say(**QUESTION)
    expect(chat.choice("My order")).to_be_enabled()
    chat.choice("A return").click()
    expect(chat.choice("My order")).to_be_disabled()
    expect(chat.panel.locator("li.buyer .bubble")).to_have_text("A return")
    expect(chat.input).to_be_focused()
    chat.until(lambda: server.buyer_texts == ["A return"])
    assert server.bodies[-1]["choice"] == "c2"
    assert "text" not in server.bodies[-1]

    server.say("Which way?", kind="choices", choices=[{"id": "c3", "label": "By post"}])
    expect(chat.choice("By post")).to_be_enabled()
    chat.page.reload()
    chat.open()
    expect(chat.choice("By post")).to_be_enabled()
    expect(chat.choice("My order")).to_be_disabled()
    expect(chat.choice("A return")).to_have_class("picked")


def test_typing_always_ends(chat: Chat, server: StorefrontDouble) -> None:
    chat.page.clock.install()
    chat.visit().open()
    server.typing("bot")
    expect(chat.typing).to_contain_text("Assistant is typing…")
    server.say("done")
    expect(chat.typing).to_be_hidden()
    server.typing("agent", name="Noor")
    expect(chat.typing).to_contain_text("Noor is typing…")
    server.typing("agent", active=False)
    expect(chat.typing).to_be_hidden()
    server.typing("agent", name="Noor")
    expect(chat.typing).to_be_visible()
    chat.page.clock.run_for(31_000)
    expect(chat.typing).to_be_hidden()


def test_an_agent_takes_over(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    expect(chat.owner).to_have_text("Digital assistant")
    server.own("waiting")
    expect(chat.owner).to_have_text("A person will be with you")
    server.own("agent", "Noor")
    server.say("Noor has joined.", "system")
    server.say("Hi, I'm Noor.", "agent", agent="Noor")
    expect(chat.owner).to_have_text("You're talking to Noor")
    expect(chat.panel.locator("li.agent .who b")).to_have_text("Noor")
    expect(chat.panel.locator("li.bot .who b")).to_have_text("Assistant")
    expect(chat.panel.locator("li.system .who b")).to_have_text("Notice")


def test_arabic_is_laid_out_from_the_right(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit("/page?lang=ar").open()
    root = chat.page.locator("parley-chat .root")
    expect(root).to_have_attribute("dir", "rtl")
    expect(root).to_have_attribute("lang", "ar")
    chat.write("مرحبا")
    server.say("Order SL-1 is on its way.")
    expect(chat.bubbles.last).to_have_attribute("dir", "auto")
    assert server.bodies[0]["locale"] == "ar"
    panel = chat.panel.bounding_box()
    mine = chat.panel.locator("li.buyer .bubble").bounding_box()
    theirs = chat.panel.locator("li.bot .bubble").first.bounding_box()
    assert panel and mine and theirs
    assert panel["x"] < 100, "the panel sits at the left of a right-to-left page"
    assert mine["x"] - panel["x"] < 40, "the buyer's own messages are at the end of the line: left"
    assert panel["x"] + panel["width"] - theirs["x"] - theirs["width"] < 80


def test_the_language_can_change_during_the_conversation(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    chat.write("hola")
    server.own("bot", language="ar")
    expect(chat.page.locator("parley-chat .root")).to_have_attribute("dir", "rtl")
    server.own("bot", language="es")
    expect(chat.page.locator("parley-chat .root")).to_have_attribute("lang", "es")
    expect(chat.page.locator("parley-chat .root")).to_have_attribute("dir", "ltr")


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=\"document.title='owned'\">",
        "<script>document.title='owned'</script>",
        "javascript:document.title='owned'",
        "{{constructor.constructor('document.title=1')()}}",
    ],
)
def test_markup_is_shown_as_text(chat: Chat, server: StorefrontDouble, text: str) -> None:
    chat.visit().open()
    server.say(text, kind="choices", choices=[{"id": "x", "label": text}])
    server.say(text, "agent", agent=text)
    expect(chat.bubbles.last).to_have_text(text)
    expect(chat.panel.locator("img, script, iframe, a")).to_have_count(0)
    expect(chat.page).to_have_title("Shop")
    assert chat.complaints == []


def test_addresses_become_safe_links(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    server.say(
        "See https://example.com/a(b)?q=1. Or (http://example.org/x), 或 https://example.net/中。 ftp://no.example"
    )
    links = chat.bubbles.last.locator("a")
    expect(links).to_have_text(["https://example.com/a(b)?q=1", "http://example.org/x", "https://example.net/中"])
    expect(links.first).to_have_attribute("rel", "noopener noreferrer nofollow")


def test_an_expired_token_keeps_the_text_and_offers_a_new_start(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    server.conversations.clear()
    chat.write("my long question")
    expect(chat.panel).to_contain_text("This conversation has ended.")
    chat.choice("Start a new conversation").click()
    expect(chat.input).to_have_value("my long question")
    expect(chat.bubbles).to_have_text([GREETING["text"]])
    chat.input.press("Enter")
    expect(chat.panel.locator("li.buyer:not(.unsent)")).to_have_count(1)
    assert server.buyer_texts == ["my long question"]


def test_a_token_that_expired_long_ago_begins_anew_on_opening(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    chat.write("old")
    expect(chat.panel.locator("li.buyer:not(.unsent)")).to_have_count(1)
    server.expire()
    chat.visit().open()
    expect(chat.bubbles).to_have_text([GREETING["text"]])
    expect(chat.panel.locator(".ended")).to_be_hidden()
    assert server.count("POST /sessions") == 2


def test_news_below_are_counted_while_the_buyer_reads_above(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    for number in range(12):
        server.say(f"line {number}\n" * 4)
    expect(chat.bubbles).to_have_count(13)
    log = chat.panel.locator(".log")
    log.evaluate("(node) => { node.scrollTop = 0 }")
    server.say("below")
    expect(chat.choice("1 new message")).to_be_visible()
    assert log.evaluate("(node) => node.scrollTop") == 0
    chat.choice("1 new message").click()
    expect(chat.panel.locator(".jump")).to_be_hidden()
    expect(chat.bubbles.last).to_be_in_viewport()


def test_strict_content_security_policy(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit("/demo/?lang=de")
    expect(chat.page.locator("#samples .number")).to_have_text(["SL-10421", "SL-10377", "SL-10455"])
    expect(chat.page.locator("html")).to_have_attribute("lang", "de")
    chat.open()
    chat.write("one\ntwo https://example.com")
    server.typing("bot")
    server.say(**QUESTION)
    expect(chat.choice("My order")).to_be_enabled()
    assert chat.complaints == []
    assert chat.page.locator("parley-chat [style]").count() == 0


def test_keyboard_and_focus(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit()
    expect(chat.panel).to_be_hidden()
    expect(chat.panel).to_have_attribute("inert", "")
    chat.launcher.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.input).to_be_focused()
    chat.page.keyboard.type("one")
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.type("two")
    expect(chat.input).to_have_value("one\ntwo")
    chat.input.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    chat.input.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    expect(chat.input).to_have_value("one\ntwo")
    chat.page.keyboard.press("Enter")
    chat.until(lambda: bool(server.conversations) and server.buyer_texts == ["one\ntwo"])
    expect(chat.input).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()
    chat.page.locator("#elsewhere").focus()
    chat.page.evaluate("document.querySelector('parley-chat').show()")
    chat.page.keyboard.press("Escape")
    expect(chat.page.locator("#elsewhere")).to_be_focused()


def test_on_a_phone_it_fills_the_screen_and_keeps_focus(browser: Browser, server: StorefrontDouble) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    phone = Chat(context.new_page(), server).visit()
    phone.launcher.tap()
    expect(phone.bubbles.first).to_be_visible()
    expect(phone.panel).to_have_attribute("aria-modal", "true")
    assert _size(phone.panel) == pytest.approx((390, 800), abs=0.5)
    for _ in range(8):
        phone.page.keyboard.press("Tab")
        assert phone.page.evaluate("document.activeElement.localName") == "parley-chat"
    for target in phone.panel.locator("button:visible").all():
        assert min(_size(target)) > 43.9  # 44, as floating point measures it
    context.close()


def _size(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box
    return box["width"], box["height"]


def test_counts_and_refuses_too_long_text(chat: Chat, server: StorefrontDouble) -> None:
    chat.visit().open()
    counter = chat.panel.locator(".count")
    chat.input.fill("😀" * 3500)
    expect(counter).to_be_hidden()
    chat.input.fill("😀" * 3501)
    expect(counter).to_have_text("3,501 / 4,000")
    chat.write("x" * 4001)
    expect(counter).to_contain_text("Please keep it under 4,000 characters.")
    chat.write("x" * 4000)
    expect(chat.panel.locator("li.buyer:not(.unsent)")).to_have_count(1)
    assert [len(text) for text in server.buyer_texts] == [4000]


def test_another_buyer_does_not_see_the_conversation(chat: Chat, server: StorefrontDouble) -> None:
    ada = "e30.eyJzdWIiOiJhZGEifQ.x"
    lin = "e30.eyJzdWIiOiJsaW4ifQ.x"

    def visit_as(identity: str) -> None:
        element = f"<parley-chat identity='{identity}'></parley-chat></body>"
        chat.page.unroute_all()
        chat.page.route("**/page", lambda route: _with_body(route, element))
        chat.visit()

    visit_as(ada)
    chat.open()
    chat.write("private")
    chat.until(lambda: server.buyer_texts == ["private"])
    visit_as(lin)
    chat.open()
    expect(chat.bubbles).to_have_text([GREETING["text"]])
    opened = [body["identity"] for body in server.bodies if "locale" in body]
    assert opened == [ada, lin]


def _with_body(route: Route, ending: str) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace("</body>", ending))


def test_stays_small() -> None:
    source = Path(STOREFRONT / "element" / "parley-chat.js").read_bytes()
    assert len(gzip.compress(source)) < 25_000
