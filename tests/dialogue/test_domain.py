"""The files that Rasa reads agree with each other, with the catalogues and with the actions."""

import ast
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.core.domain import Domain

from bot.locales.catalogue import catalogues
from bot.locales.languages import languages
from bot.nlu.data import intent_sentences

ROOT = Path(__file__).resolve().parents[2]
INTENTS = {
    "order_status", "shipping_time", "return_policy", "request_return", "refund_status", "cancel_order",
    "change_address", "change_order", "delivery_problem", "item_problem", "payment_problem", "request_invoice",
    "bulk_order", "complaint", "human_agent", "faq", "provide_details", "greet", "goodbye", "thanks", "praise",
    "affirm", "deny", "bot_challenge", "change_language", "stop_messages", "out_of_scope",
}  # fmt: skip
# Ours, not the buyer's: what the classifier says when unsure, and the button "none of these".
INNER = {"nlu_fallback", "nlu_none"}
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "bot" / "actions").glob("*.py"))]


def rules() -> list[dict[str, Any]]:
    return list(yaml.safe_load((ROOT / "nlu_data" / "rules.yml").read_text(encoding="utf-8"))["rules"])


def calls(*names: str) -> list[ast.Call]:
    """Calls of methods or functions of these names in the actions."""
    nodes = [node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        node
        for node in nodes
        if (isinstance(node.func, ast.Attribute) and node.func.attr in names)
        or (isinstance(node.func, ast.Name) and node.func.id in names)
    ]


def first_strings(*names: str) -> set[str]:
    return {
        call.args[0].value
        for call in calls(*names)
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_the_domain_holds_no_text() -> None:
    source = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert set(source) == {"version", "intents", "entities", "slots", "actions", "session_config"}
    assert "responses" not in source


def test_the_intents_are_the_known_ones(domain: Domain) -> None:
    own = {name for name in domain.intents if name not in ("restart", "back", "out_of_scope", "session_start")}
    assert own - INNER == INTENTS - {"out_of_scope"}
    assert "out_of_scope" in domain.intents


def test_every_intent_has_one_rule() -> None:
    counted = Counter(step["intent"] for rule in rules() for step in rule["steps"] if "intent" in step)
    assert set(counted) == INTENTS | INNER
    assert set(counted.values()) == {1}


@pytest.mark.parametrize("language", languages())
def test_every_intent_has_examples_in_every_language(language: str) -> None:
    counted = Counter(intent for intent, _ in intent_sentences(ROOT / "nlu_data", language))
    assert set(counted) == INTENTS
    assert min(counted.values()) >= 15


def test_every_rule_ends_in_a_known_action(domain: Domain) -> None:
    used = {step["action"] for rule in rules() for step in rule["steps"] if "action" in step}
    assert used <= set(domain.action_names_or_texts)


def test_every_action_exists(domain: Domain) -> None:
    """Our own as a class with that name, an utterance as a text in every language."""
    written = {
        node.value.value
        for tree in TREES
        for body in ast.walk(tree)
        if isinstance(body, ast.ClassDef)
        for node in body.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "action_name"
        and isinstance(node.value, ast.Constant)
    }
    named = set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["actions"])
    assert written == {name for name in named if name.startswith("action_")}
    texts = {name.removeprefix("utter_").replace("_", "-") for name in named if name.startswith("utter_")}
    assert texts
    assert [(key, lang) for key in texts for lang in languages() if not catalogues().has(key, lang)] == []


def test_every_slot_that_the_actions_use_exists(domain: Domain) -> None:
    slots = {slot.name for slot in domain.slots}
    read = first_strings("slot", "get_slot", "_previous_slot")
    written = {keyword.arg for call in calls("set") for keyword in call.keywords if keyword.arg}
    assert len(read | written) > 8
    assert (read | written) - slots == set()


def test_every_entity_that_the_actions_read_exists(domain: Domain) -> None:
    read = first_strings("entity")
    assert read
    assert read - set(domain.entities) == set()


def test_every_payload_of_a_button_is_an_intent_of_ours() -> None:
    strings = {
        node.value
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    payloads = {found[1] for text in strings if (found := re.match(r"/([a-z_]+)(?:\{|$)", text))}
    assert payloads
    assert payloads <= INTENTS | INNER


def test_every_text_that_the_actions_name_exists_in_every_language() -> None:
    keys = first_strings("part", "choice")
    assert len(keys) > 20
    assert [(key, lang) for key in keys for lang in languages() if not catalogues().has(key, lang)] == []


def test_every_matter_has_a_text() -> None:
    matters = {
        rule["steps"][0]["intent"] for rule in rules() if any(s.get("action") == "action_matter" for s in rule["steps"])
    }
    missing = [(m, lang) for m in matters for lang in languages() if not catalogues().has(f"matter-{m}", lang)]
    assert missing == []


def test_the_conversation_never_expires_inside_rasa(domain: Domain) -> None:
    assert domain.session_config.session_expiration_time == 0
    assert not domain.session_config.are_sessions_enabled()
