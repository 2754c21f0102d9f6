"""Faults put into a copy of the sources on purpose: a test that stands for a rule must fail with them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Mutant(NamedTuple):
    """In `file`, `old` (there exactly once) becomes `new`."""

    file: str
    old: str
    new: str


MUTANTS: dict[str, Mutant] = {
    "sanitizing_off": Mutant(
        "proxy/privacy/steps.py",
        "= (walk, prove, strip, unecho, detect)",
        "= (lambda work: work.events.extend(work.batch.events),)",
    ),
    "echo_off": Mutant("proxy/privacy/steps.py", "    if not echoes:\n", "    if True:\n"),
    "sticky_off": Mutant(
        "proxy/privacy/memory.py",
        "        strict = told.stricter(view.verdicts.get(node))\n",
        "        return told\n",
    ),
    "unknown_kept": Mutant(
        "proxy/privacy/policy.py",
        '    "harmless": frozenset({HARMLESS}),\n',
        '    "harmless": frozenset({HARMLESS, "unknown"}),\n',
    ),
    "kept_as_text": Mutant(
        "proxy/privacy/steps.py", "(work.kept, values.IN_CODE)", "(work.kept, values.IN_TEXT | work.policy.hidden)"
    ),
    "forms_kept": Mutant(
        "proxy/privacy/policy.py", '    "none": frozenset(),\n', '    "none": frozenset({HARMLESS}),\n'
    ),
    "values_off": Mutant("proxy/privacy/values.py", "    if not hinted:\n", "    if True:\n"),
    "marks_off": Mutant("proxy/privacy/marks.py", "    known = ATTRIBUTES.get(name)\n", "    known = None\n"),
    "urls_off": Mutant(
        "proxy/privacy/urls.py",
        "    if scheme := _SCHEME.match(url):\n",
        "    if url:\n        return url\n    if scheme := _SCHEME.match(url):\n",
    ),
    "opaque_kept": Mutant(
        "proxy/privacy/rrweb.py",
        "    if shape is None:\n",
        "    if shape is None or isinstance(data, str):\n        return raw\n    if shape is None:\n",
    ),
    "lost_trusted": Mutant(
        "proxy/privacy/sanitize.py",
        "    if batch.seq != view.walked + 1:",
        "    view.known = True\n    if False:",
    ),
    "card_believed": Mutant(
        "proxy/privacy/work.py",
        "        self.hints[node] = told",
        "        if node:\n            return\n        self.hints[node] = told",
    ),
    "presets_echo": Mutant(
        "proxy/privacy/steps.py", "    return cls == UNKNOWN or len(raw) < 4 or", "    return False and"
    ),
    "text_shown": Mutant("proxy/privacy/work.py", "= self.policy.mask_text or not self", "= not self"),
    "hidden_kept": Mutant(
        "proxy/privacy/steps.py", 'if value.form == "hidden" or not keeps[node]:', "if not keeps[node]:"
    ),
}


def apply(name: str, tree: Path) -> None:
    """Put the fault into a COPY of the sources below `tree`; ValueError when its place is not there once."""
    mutant = MUTANTS[name]
    path = tree / mutant.file
    text = path.read_text()
    if text.count(mutant.old) != 1:
        raise ValueError(f"{name}: the text to change is not once in {mutant.file}")
    path.write_text(text.replace(mutant.old, mutant.new))
