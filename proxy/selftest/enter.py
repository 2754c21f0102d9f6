"""One field, filled in as a visitor does it: key by key, left, and a password shown and hidden again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from proxy.privacy.fields import FieldCard, classify
from proxy.selftest.canaries import Canary, Maker, Reach, Shape

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Page

KEY: Final = 4
"""Milliseconds from key to key."""
GONE: Final = "the page took it away"
PICKED: Final = frozenset({"date", "month", "week", "time", "datetime-local", "color", "range"})
"""Input types whose values are picked, not typed."""

_LEAVE: Final = "el => { el.getRootNode().activeElement?.blur?.(); return Date.now(); }"
_FOCUS: Final = "el => { el.focus(); return el.getRootNode().activeElement === el; }"
_SELECT: Final = """el => {
  if (el.select) el.select();
  else getSelection().selectAllChildren(el);
}"""
_SET: Final = """(el, value) => {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(el), "value");
  if (own?.set) own.set.call(el, value);
  else el.textContent = value;
  for (const name of ["input", "change"]) el.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
}"""
_TICK: Final = """el => {
  if (el.checked && el.type === "checkbox") el.click();
  if (!el.checked) el.click();
  return el.checked;
}"""
# A choice that differs from today's, with something to tell it by.
_CHOOSE: Final = """el => {
  const other = [...el.options].filter((each) => !each.selected && !each.disabled && each.value);
  const last = other[other.length - 1];
  if (!last) return "";
  el.value = last.value;
  for (const name of ["input", "change"]) el.dispatchEvent(new Event(name, { bubbles: true }));
  return last.value;
}"""
# As a button "show the password" does it.
_TOGGLE: Final = """el => {
  el.type = el.type === "password" ? "text" : "password";
  el.dispatchEvent(new Event("input", { bubbles: true }));
}"""
_VALUE: Final = "el => String(el.isContentEditable ? el.textContent : el.value)"


@dataclass
class Field:
    """A field and what was entered; times in ms since 1970. Without a canary, `problem` says why."""

    selector: str
    card: FieldCard
    frame: str = ""
    canary: Canary | None = None
    tick: bool = False
    began: float = 0
    ended: float = 0
    problem: str = ""


async def enter(page: Page, element: ElementHandle, raw: Mapping[str, Any], one: Field, maker: Maker) -> None:
    """Fill one field in, as a visitor does where one could."""
    from playwright.async_api import Error

    if raw["closed"]:
        one.problem = "nobody can change it"
        return
    try:
        if not await element.evaluate("el => el.isConnected"):
            one.problem = GONE
            return
        one.began = one.ended = await element.evaluate(_LEAVE)
        focused = await element.evaluate(_FOCUS)
        await _put(page, element, raw, one, maker, focused=focused)
        await element.evaluate("el => el.blur()")
        if one.card.type == "password":
            for _ in range(2):
                await element.evaluate(_TOGGLE)
        one.ended = await element.evaluate("Date.now()")
    except Error:
        one.problem = "" if one.canary else GONE


async def _put(
    page: Page, element: ElementHandle, raw: Mapping[str, Any], one: Field, maker: Maker, *, focused: bool
) -> None:
    kind = raw["type"]
    if kind in ("checkbox", "radio"):
        one.canary, one.tick = Canary("on", Reach.OWN), True
        if not await element.evaluate(_TICK):
            one.canary, one.problem = None, "it cannot be ticked"
        return
    if raw["tag"] == "select":
        chosen = await element.evaluate(_CHOOSE)
        one.canary, one.problem = (Canary(chosen, Reach.OWN), "") if chosen else (None, "it has no other choice")
        return
    one.canary = maker.make(Shape.of(classify(one.card).kind, raw))
    value = one.canary.value
    if focused and kind not in PICKED:
        await element.evaluate(_SELECT)
        await page.keyboard.type(value, delay=KEY)
        if await element.evaluate(_VALUE):
            return
    await element.evaluate(_SET, value)
    if not await element.evaluate(_VALUE):
        one.canary, one.problem = None, "it takes no value"
