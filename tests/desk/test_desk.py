"""The desk in a real browser, against a whole gateway with a scripted assistant."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from bot.handoff.agents import FREE_ATTEMPTS
from tests.browser import launch
from tests.desk.gateway import PASSWORD, Buyer, Gateway

pytestmark = pytest.mark.browser
SCRIPT = "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"
ARABIC = "طلبي لم يصل منذ ثلاثة أسابيع"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    served = Gateway(tmp_path_factory.mktemp("gateway")).start()
    served.agent("ana", "Ana")
    served.agent("bo", "Bo")
    served.agent("li", "李梅", "zh")
    yield served
    served.stop()


@pytest.fixture
def buyer(gateway: Gateway) -> Iterator[Callable[..., Buyer]]:
    met: list[Buyer] = []

    def arrive(locale: str = "en-GB", zone: str | None = None) -> Buyer:
        met.append(Buyer(gateway, locale, zone))
        return met[-1]

    yield arrive
    for one in met:
        one.close()


class Desk:
    """The console, in the words of its agent."""

    def __init__(self, context: BrowserContext, gateway: Gateway) -> None:
        self.page: Page = context.new_page()
        self.base = gateway.base
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._met(request.url))
        self.page.on("websocket", lambda opened: self._met(opened.url))
        self.rows = self.page.locator(".desk-row")
        self.bubbles = self.page.locator(".desk-bubble")
        self.box = self.page.locator(".desk-composer textarea")
        self.brief = self.page.locator(".desk-brief")
        self.notice = self.page.locator(".desk-toast")

    def _met(self, url: str) -> None:
        if self.base.removeprefix("http") not in url and not url.startswith("data:"):
            self.strangers.append(url)

    def sign_in(self, username: str, password: str = PASSWORD) -> "Desk":
        self.page.goto(f"{self.base}/desk")
        self.page.fill("#username", username)
        self.page.fill("#password", password)
        self.page.click("button[type=submit]")
        return self

    def row(self, text: str) -> Locator:
        return self.rows.filter(has_text=text)

    def open(self, text: str) -> "Desk":
        self.row(text).click()
        expect(self.page.locator(".desk-case-head")).to_be_visible()
        return self

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def claim(self, text: str) -> "Desk":
        self.open(text).press("Take over")
        expect(self.box).to_be_visible()
        return self

    def says(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")


@pytest.fixture
def desk(browser: Browser, gateway: Gateway) -> Iterator[Callable[..., Desk]]:
    opened: list[tuple[BrowserContext, Desk]] = []

    def sit(username: str = "", locale: str = "en-GB") -> Desk:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale=locale, timezone_id="Asia/Tokyo")
        context.set_default_timeout(20_000)
        made = Desk(context, gateway)
        opened.append((context, made))
        if username:
            made.sign_in(username)
            expect(made.page.locator(".desk-queue")).to_be_visible(timeout=20_000)
        return made

    yield sit
    for context, made in opened:
        context.close()
        assert made.complaints == []
        assert made.strangers == []


expect.set_options(timeout=15_000)


def test_the_door(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.page.goto(f"{one.base}/desk/en/cases/1")
    expect(one.page).to_have_url(f"{one.base}/desk/sign-in")
    one.sign_in("ana", "wrong password")
    expect(one.page.get_by_role("alert")).to_have_text("User name or password is wrong.")
    expect(one.page.locator("#username")).to_have_value("ana")
    one.sign_in("ana")
    expect(one.page).to_have_url(re.compile("/desk/en$"))
    expect(one.page.locator(".desk-agent-name")).to_have_text("Ana")
    one.press("Sign out")
    expect(one.page).to_have_url(f"{one.base}/desk/sign-in")
    one.page.goto(f"{one.base}/desk/en")
    expect(one.page).to_have_url(f"{one.base}/desk/sign-in")


def test_guessing_is_slowed_down(gateway: Gateway) -> None:
    with httpx.Client(base_url=gateway.base, trust_env=False) as client:
        form = {"username": "guess", "password": "wrong password"}
        answers = [client.post("/desk/sign-in", data=form) for _ in range(FREE_ATTEMPTS + 1)]
    assert [answer.status_code for answer in answers] == [401] * FREE_ATTEMPTS + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "Too many attempts" in answers[-1].text


def test_nothing_is_open_without_a_session(gateway: Gateway) -> None:
    with httpx.Client(base_url=gateway.base, trust_env=False) as client:
        for path in ("/desk/", "/desk/en", "/desk/zh/cases/1"):
            assert client.get(path).headers["location"] == "/desk/sign-in"
        assert client.get("/desk/_nicegui_ws/socket.io/?EIO=4&transport=polling").status_code == 401
        assert client.post("/desk/renew").status_code == 401
        assert client.get("/health").json() == {"ready": True, "missing": []}


def test_a_conversation_from_queue_to_resolved(desk: Callable[..., Desk], buyer: Callable[..., Buyer]) -> None:
    ana = desk("ana")
    amir = buyer("ar-SA", "Asia/Riyadh")
    amir.ask_for_person(ARABIC, "angry", "PL-20001", "delivery_problem")
    row = ana.row("PL-20001")
    expect(row).to_contain_text("العربية")
    expect(row).to_contain_text("Angry · Delivery problem")
    expect(row).to_contain_text("Nobody yet")

    ana.open("PL-20001")
    expect(ana.bubbles.filter(has_text=ARABIC)).to_have_attribute("dir", "auto")
    expect(ana.brief).to_contain_text("PL-20001 · Exception")
    expect(ana.box).to_be_hidden()
    expect(ana.page.locator(".desk-note")).to_have_text("Take the conversation over to reply.")
    expect(ana.page).to_have_url(re.compile("/desk/en/cases/[0-9]+$"))

    ana.press("Take over")
    expect(ana.box).to_be_focused()
    ana.box.fill("First line")
    ana.box.press("Shift+Enter")
    ana.box.press_sequentially("second line")
    ana.box.press("Enter")
    expect(ana.box).to_have_value("")
    heard = amir.hear("agent")
    assert (heard["text"], heard["agent"]) == ("First line\nsecond line", "Ana")

    amir.say("شكراً")
    expect(ana.bubbles.last).to_have_text("شكراً")
    expect(row).to_contain_text("Awaits a reply")
    expect(ana.page).to_have_title("(1) Parley desk")
    ana.says("You're welcome")
    expect(row.locator(".desk-unanswered")).to_be_hidden()

    ana.press("Resolve")
    expect(ana.notice).to_have_text("Case resolved. The bot answers again.")
    expect(row).to_have_count(0)
    assert amir.page()["owner"]["owner"] == "bot"
    amir.say("hello again")
    assert amir.hear("bot", "Sundry Lane")


def test_two_agents_and_one_case(desk: Callable[..., Desk], buyer: Callable[..., Buyer]) -> None:
    buyer().ask_for_person("A person, please", order="PL-20002")
    ana, bo = desk("ana"), desk("bo")
    ana.open("PL-20002")
    bo.claim("PL-20002")
    expect(ana.page.locator(".desk-note")).to_have_text("With Bo")
    expect(ana.page.get_by_role("button", name="Take over", exact=True)).to_be_hidden()
    expect(ana.row("PL-20002")).to_contain_text("Bo")
    ana.press("Mine · 0")
    expect(ana.row("PL-20002")).to_have_count(0)
    bo.press("Return to the bot")
    expect(bo.row("PL-20002")).to_have_count(0)
    expect(ana.page.locator(".desk-note")).to_have_text("This case is closed.")


def test_what_a_buyer_writes_is_only_text(desk: Callable[..., Desk], buyer: Callable[..., Buyer]) -> None:
    eve = buyer().ask_for_person(SCRIPT, order="PL-20003")
    ana = desk("ana").claim("PL-20003")
    expect(ana.bubbles.filter(has_text="window.broken = 1")).to_have_text(SCRIPT)
    eve.say(f"${{7*7}} {{{{7*7}}}} {SCRIPT}")
    expect(ana.bubbles.last).to_have_text(f"${{7*7}} {{{{7*7}}}} {SCRIPT}")
    assert ana.page.evaluate("window.broken") is None


def test_chinese(desk: Callable[..., Desk], buyer: Callable[..., Buyer]) -> None:
    wang = buyer("zh-CN", "Asia/Shanghai")
    wang.ask_for_person("我收到的台灯坏了", "upset", "PL-20004", "item_problem")
    li = desk("li", "zh-CN")
    expect(li.page).to_have_url(re.compile("/desk/zh$"))
    expect(li.page.locator("html")).to_have_attribute("lang", "zh-CN")
    li.open("PL-20004").press("接手")
    expect(li.brief).to_contain_text("买家语言")
    li.says("您好，马上为您换货。")
    assert wang.hear("agent")["agent"] == "李梅"
    li.box.fill("草稿")
    li.press("English")
    expect(li.page).to_have_url(re.compile("/desk/en/cases/[0-9]+$"))
    expect(li.page.get_by_role("button", name="Resolve", exact=True)).to_be_visible()
    expect(li.box).to_have_value("草稿")
    li.page.goto(f"{li.base}/desk")
    expect(li.page.locator("h1")).to_have_text("Parley desk")
    li.press("中文")
    expect(li.page.locator("h1")).to_have_text("Parley 工作台")


def test_the_keyboard_and_the_drafts(desk: Callable[..., Desk], buyer: Callable[..., Buyer]) -> None:
    buyer().ask_for_person("One", "safety", "PL-20005")
    buyer().ask_for_person("Two", "safety", "PL-20006")
    ana = desk("ana").claim("PL-20006").claim("PL-20005")
    expect(ana.box).to_be_focused()
    address = ana.page.url
    ana.box.fill("unfinished")
    ana.page.keyboard.press("Alt+ArrowDown")
    expect(ana.row("PL-20006")).to_have_attribute("aria-current", "true")
    expect(ana.box).to_have_value("")
    ana.page.keyboard.press("Alt+ArrowUp")
    expect(ana.row("PL-20005")).to_have_attribute("aria-current", "true")
    expect(ana.box).to_have_value("unfinished")
    expect(ana.page).to_have_url(address)
    ana.page.reload()
    expect(ana.box).to_have_value("unfinished")


def test_the_buyer_sees_the_agent_write(
    desk: Callable[..., Desk], buyer: Callable[..., Buyer], gateway: Gateway
) -> None:
    rita = buyer().ask_for_person("Hello?", order="PL-20007")
    ana = desk("ana").claim("PL-20007")
    with gateway.listening(rita.conversation_id, "typing") as heard:
        ana.box.press_sequentially("Hi")
        assert heard()["active"] is True
        ana.box.press("Enter")
        assert heard()["active"] is False


def test_a_database_that_is_away_costs_no_words(
    desk: Callable[..., Desk], buyer: Callable[..., Buyer], gateway: Gateway
) -> None:
    rita = buyer().ask_for_person("Hello?", order="PL-20008")
    ana = desk("ana").claim("PL-20008")
    blocker = sqlite3.connect(Path(gateway.folder) / "parley.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    ana.says("Precious words")
    expect(ana.notice).to_have_text("Not sent. Your text is back in the box.")
    expect(ana.box).to_have_value("Precious words")
    blocker.execute("ROLLBACK")
    blocker.close()
    expect(ana.page.locator(".desk-banner")).to_be_hidden()
    ana.box.press("Enter")
    assert rita.hear("agent")["text"] == "Precious words"
    expect(ana.bubbles.filter(has_text="Precious words")).to_have_count(1)


def test_a_look_is_on_record(desk: Callable[..., Desk], buyer: Callable[..., Buyer], gateway: Gateway) -> None:
    rita = buyer().ask_for_person("Hello?", order="PL-20009")
    ana = desk("ana")
    expect(ana.row("PL-20009")).to_be_visible()

    def looks() -> list[str]:
        with sqlite3.connect(Path(gateway.folder) / "parley.db") as database:
            query = "SELECT action FROM audit WHERE conversation_id = ? ORDER BY id"
            found = [row[0] for row in database.execute(query, (rita.conversation_id,))]
        database.close()
        return found

    assert looks() == []
    ana.open("PL-20009")
    assert looks() == ["look"]


def test_a_session_that_ended_acts_no_more(desk: Callable[..., Desk], buyer: Callable[..., Buyer]) -> None:
    rita = buyer().ask_for_person("Hello?", order="PL-20010")
    ana = desk("ana").open("PL-20010")
    other = ana.page.context.new_page()
    other.goto(f"{ana.base}/desk")
    other.get_by_role("button", name="Sign out", exact=True).click()
    expect(other).to_have_url(f"{ana.base}/desk/sign-in")
    # The page notices within seconds by itself; whoever is quicker is refused all the same.
    ana.page.evaluate("document.querySelector('.desk-case-head .desk-primary')?.click()")
    expect(ana.page).to_have_url(f"{ana.base}/desk/sign-in")
    assert rita.page()["owner"]["owner"] == "waiting"
