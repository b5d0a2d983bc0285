"""Plain HTML elements on a NiceGUI page. Text given here is always shown as text, never read as HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

E = TypeVar("E", bound=Element)


def node(tag: str, classes: str = "", **attributes: Any) -> Element:
    """An element that holds others; `aria_label` becomes `aria-label`."""
    return _dressed(Element(tag), classes, attributes)


def text(content: str, classes: str = "", tag: str = "span", **attributes: Any) -> TextElement:
    """An element that shows text."""
    return _dressed(TextElement(tag=tag, text=content), classes, attributes)


def button(label: str, classes: str, handler: Callable[[], Any], **attributes: Any) -> TextElement:
    """A button that says `label`."""
    made = text(label, f"desk-button {classes}", "button", type="button", **attributes)
    made.on("click", handler, args=[])
    return made


def _dressed(element: E, classes: str, attributes: dict[str, Any]) -> E:
    element.classes(classes)
    for name, value in attributes.items():
        if value is not None:
            element.props[name.rstrip("_").replace("_", "-")] = value
    return element


class Composer(Element, component=Path(__file__).parent / "static" / "composer.js"):
    """The reply box. Emits `send` {case, text}, `typing` {active} and `step` {by}; see static/composer.js."""

    def __init__(self, **labels: Any) -> None:
        super().__init__()
        # Alt + arrows are heard here also while the box is hidden.
        self.ignores_events_when_hidden = False
        for name, value in labels.items():
            self.props[name.replace("_", "-")] = value

    def show(self, case_id: int) -> None:
        """Brings up this case's draft."""
        if self.props.get("case-id") != case_id:
            self.props["case-id"] = case_id

    def settled(self, case_id: int, content: str, stored: bool) -> None:
        """Whether what was sent is in the log; if not, the text goes back into the box."""
        self.run_method("settled", case_id, content, stored)

    def focus(self) -> None:
        """Puts the cursor into the box."""
        self.run_method("focus")
