"""One turn, readable top to bottom: take a buyer's message, ask whoever owns the conversation, store the answer.

Every accepted message lies in the log as pending until a turn has answered it. Turns of one conversation run one after
another; a turn that was cut short by a crash is taken up again at the next start.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import Counter

from prometheus_client import Counter as Metric
from prometheus_client import Histogram

from bot.assistant import Answer, Assistant, AssistantAway, AssistantFailed
from bot.conversations.database import LogUnavailable
from bot.conversations.hub import Event
from bot.conversations.log import ConversationLog
from bot.conversations.records import Choice, Conversation, Draft, Message, now
from bot.handoff.announcement import announcement
from bot.handoff.brief import build_brief
from bot.handoff.cases import open_case
from bot.locales.catalogue import catalogues
from bot.merchant import Merchant

log = logging.getLogger(__name__)

TURNS = Metric("parley_turns", "Turns by outcome", ["outcome"])
SECONDS = Histogram("parley_turn_seconds", "Seconds from taking up a message to its stored answer")

# Payloads of buttons that the gateway itself acts upon, because Rasa may be away when they are pressed.
CALL_PERSON = "gateway:call_person"
CARRY_ON = "gateway:carry_on"
FAILURES_BEFORE_PERSON = 2
BREAKS_BEFORE_TELLING = 3
LEASE_SECONDS = 60.0
SWEEP_SECONDS = 5.0


class Turns:
    """Runs the turns of this gateway."""

    def __init__(
        self, conversation_log: ConversationLog, assistant: Assistant, facts: Merchant, *, timeout: float = 20.0
    ) -> None:
        self._log = conversation_log
        self._assistant = assistant
        self._facts = facts
        self._timeout = timeout
        self._worker = uuid.uuid4().hex
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._breaks: Counter[str] = Counter()
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Takes up what an earlier process left, and keeps looking for messages that nobody answers."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Stops taking up messages; those not answered stay pending in the log."""
        self._again.clear()
        tasks = [*self._running.values(), *([self._sweeper] if self._sweeper else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self, conversation_id: str) -> None:
        """A buyer's message has arrived: answer it now, or after the turn that is running."""
        if conversation_id in self._running:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._run(conversation_id))
        self._running[conversation_id] = task
        task.add_done_callback(lambda _: self._ended(conversation_id))

    def _ended(self, conversation_id: str) -> None:
        self._running.pop(conversation_id, None)
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.wake(conversation_id)

    async def _sweep(self) -> None:
        while True:
            try:
                for conversation_id in await self._log.pending_conversations():
                    if conversation_id not in self._running:
                        self.wake(conversation_id)
            except LogUnavailable:
                log.warning("the database is away; pending messages wait")
            await asyncio.sleep(SWEEP_SECONDS)

    async def _run(self, conversation_id: str) -> None:
        shared = self._log.database.shared
        try:
            if not shared:
                await self._answer_all(conversation_id)
            elif await self._log.lease(conversation_id, self._worker, LEASE_SECONDS):
                try:
                    await self._answer_all(conversation_id)
                finally:
                    await self._log.release(conversation_id, self._worker)
            # Else another gateway is answering; the sweep comes back to what it leaves.
        except LogUnavailable:
            log.warning("the database is away; the conversation waits for the next sweep")
        except Exception:
            # Nothing is lost: the message is still pending, and the sweep takes it up again.
            self._breaks[conversation_id] += 1
            log.exception("a turn broke off")

    async def _answer_all(self, conversation_id: str) -> None:
        while message := await self._log.next_pending(conversation_id):
            if self._log.database.shared:
                await self._log.lease(conversation_id, self._worker, LEASE_SECONDS)
            await self.turn(message)
            self._breaks.pop(conversation_id, None)

    async def turn(self, message: Message) -> None:
        """Answers one pending message in one transaction; does nothing where it has been answered meanwhile."""
        conversation = await self._log.get(message.conversation_id)
        if conversation.owner != "bot":
            async with self._log.transaction() as transaction:
                await transaction.handled(message)
            TURNS.labels("agent").inc()
            return
        self._typing(conversation, True)
        started = time.monotonic()
        try:
            payload = message.data.get("payload")
            if self._breaks[conversation.id] >= BREAKS_BEFORE_TELLING:
                # Our own fault, again and again: the buyer is told instead of waiting for ever.
                await self._fail(conversation, message)
            elif payload == CALL_PERSON:
                await self._call_person(conversation, message)
            elif payload == CARRY_ON:
                await self._carry_on(conversation, message)
            else:
                answer = await self._ask(conversation, message)
                await (self._fail(conversation, message) if answer is None else self._store(message, answer))
        finally:
            self._typing(conversation, False)
            SECONDS.observe(time.monotonic() - started)

    async def _ask(self, conversation: Conversation, message: Message) -> Answer | None:
        """The bot's answer; None when Rasa stays away or fails twice over this message."""
        deadline = time.monotonic() + self._timeout
        pause, failures = 0.1, 0
        while True:
            try:
                return await self._assistant.ask(
                    conversation.id,
                    f"{conversation.id}:{message.seq}",
                    text=message.text,
                    payload=message.data.get("payload"),
                    metadata={
                        "channel": conversation.channel,
                        "locale": conversation.locale,
                        "language": conversation.language,
                        "identity_level": conversation.identity_level,
                        "identity": conversation.identity,
                        "time_zone": conversation.time_zone,
                    },
                )
            except AssistantFailed as error:
                failures += 1
                log.error("turn %s:%s failed: %s", conversation.id, message.seq, error)
                if failures >= 2:
                    return None
            except AssistantAway as error:
                log.warning("Rasa is away (%s)", error)
            if time.monotonic() + pause > deadline:
                return None
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)

    async def _store(self, message: Message, answer: Answer) -> None:
        """The turn's one transaction: message handled, replies appended, case opened."""
        async with self._log.transaction() as transaction:
            conversation = await transaction.conversation(message.conversation_id)
            if not await transaction.handled(message, answer.understanding):
                return
            if conversation.owner != "bot":
                # A person took over while Rasa was thinking: the bot keeps quiet.
                TURNS.labels("agent").inc()
                return
            conversation = await transaction.update(conversation, language=answer.language, failed_turns=0)
            drafts = [
                Draft("bot", reply.text, answer.language, choices=tuple(Choice(*c) for c in reply.choices))
                for reply in answer.replies
            ]
            reason = answer.handoff["reason"] if answer.handoff else None
            if reason:
                text = announcement(conversation, reason, self._facts, now())
                drafts.append(Draft("bot", text, answer.language))
            await transaction.append(conversation, drafts, reply_to=message.seq)
            if answer.handoff and reason:
                understood = [*await self._log.recent_understanding(conversation.id), answer.understanding]
                brief = build_brief(conversation, reason, answer.handoff.get("brief") or {}, understood)
                await open_case(transaction, conversation, reason, brief, answer.handoff.get("priority"))
        TURNS.labels("handoff" if answer.handoff else "answered").inc()

    async def _fail(self, conversation: Conversation, message: Message) -> None:
        """Tells the buyer that the turn failed and offers a person; the second time in a row calls one."""
        if conversation.failed_turns + 1 >= FAILURES_BEFORE_PERSON:
            await self._call_person(conversation, message)
            return
        texts, language = catalogues(), conversation.language
        choices = (
            Choice(texts.text("choice-yes", language), CALL_PERSON),
            Choice(texts.text("choice-no", language), CARRY_ON),
        )
        draft = Draft("bot", texts.text("turn-failed", language), language, choices=choices)
        async with self._log.transaction() as transaction:
            conversation = await transaction.conversation(message.conversation_id)
            if await transaction.handled(message) and conversation.owner == "bot":
                await transaction.append(conversation, [draft], reply_to=message.seq)
                await transaction.update(conversation, failed_turns=conversation.failed_turns + 1)
        TURNS.labels("failed").inc()

    async def _call_person(self, conversation: Conversation, message: Message) -> None:
        """Opens a case without Rasa."""
        understood = await self._log.recent_understanding(conversation.id)
        async with self._log.transaction() as transaction:
            conversation = await transaction.conversation(message.conversation_id)
            if await transaction.handled(message) and conversation.owner == "bot":
                text = announcement(conversation, "action_failed", self._facts, now())
                await transaction.append(
                    conversation, [Draft("bot", text, conversation.language)], reply_to=message.seq
                )
                brief = build_brief(conversation, "action_failed", {"tried": ["action_failed"]}, understood)
                await open_case(transaction, conversation, "action_failed", brief)
        TURNS.labels("handoff").inc()

    async def _carry_on(self, conversation: Conversation, message: Message) -> None:
        """The buyer wants no person after a failed turn."""
        text = catalogues().text("deny-unclear", conversation.language)
        async with self._log.transaction() as transaction:
            conversation = await transaction.conversation(message.conversation_id)
            if await transaction.handled(message) and conversation.owner == "bot":
                draft = Draft("bot", text, conversation.language)
                await transaction.append(conversation, [draft], reply_to=message.seq)

    def _typing(self, conversation: Conversation, active: bool) -> None:
        data = {"from": "bot", "name": None, "active": active}
        self._log.hub.publish(Event(conversation.id, "typing", data))
