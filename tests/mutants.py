"""Faults put into a copy of the sources on purpose: a test that stands for a rule must fail with them.

`python -m tests.mutants` tries them all against the cases of tests/cases/batch that name them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Mutant(NamedTuple):
    """In `file`, `old` (there exactly once) becomes `new`."""

    file: str
    old: str
    new: str


MUTANTS: dict[str, Mutant] = {
    "sanitizing_off": Mutant(
        "proxy/privacy/steps.py",
        "= (walk, prove, strip, unsplit, unecho, detect)",
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
    "escapes_off": Mutant("proxy/privacy/spellings.py", "    for _ in range(3):\n", "    for _ in range(0):\n"),
    "base64_off": Mutant(
        "proxy/privacy/echo.py", "        if pattern is None or not pattern", "        if pattern or not pattern"
    ),
    "letters_off": Mutant("proxy/privacy/spellings.py", "    if not _ODD.search(text):\n", "    if True:\n"),
    "numbers_off": Mutant("proxy/privacy/spellings.py", "    if len(squeezed) < 6 or", "    if True or"),
    "beginnings_off": Mutant("proxy/privacy/echo.py", "if strength and length >= HEAD else 0", "if False else 0"),
    "cardless_kept": Mutant("proxy/privacy/policy.py", "return card is not None and", "return card is None or"),
    "lost_kept": Mutant("proxy/privacy/element.py", "    if place.flags & Flag.LOST:\n", "    if False:\n"),
    "forgetful": Mutant(
        "proxy/privacy/work.py",
        "        memory.echoes.begin()\n",
        "        memory.echoes = type(memory.echoes)()\n",
    ),
    "option_words_off": Mutant("proxy/privacy/steps.py", "        if label:\n", "        if False:\n"),
    "choice_words_off": Mutant(
        "proxy/privacy/steps.py", 'value.form == "choice" and cls == SECRET:', 'value.form == "choice" and False:'
    ),
    "tokens_off": Mutant("proxy/privacy/urls.py", "told = page and _is_told(before, plain)", "told = False"),
    "srcdoc_kept": Mutant("proxy/privacy/attributes.py", 'How.DROP: "srcdoc ', 'How.DROP: "'),
    "not_inherited": Mutant(
        "proxy/privacy/memory.py",
        "flags |= own & Flag.INHERITED\n",
        "flags |= 0 if steps else own & Flag.INHERITED\n",
    ),
    "values_shown": Mutant("proxy/privacy/attributes.py", '    How.VALUE: "value",\n', '    How.VALUE: "val",\n'),
    "files_off": Mutant("proxy/privacy/steps.py", '    if "\\\\" in raw:', "    if False:"),
    "ticks_kept": Mutant("proxy/privacy/steps.py", 'value.holder["isChecked"] = False', "pass"),
    "editors_shown": Mutant(
        "proxy/privacy/element.py", "        if _is_editable(tag, raw):\n", "        if False:\n"
    ),
    "names_kept": Mutant("proxy/privacy/steps.py", "            holder.pop(name, None)\n", "            pass\n"),
    "styles_unseen": Mutant("proxy/privacy/steps.py", "        (work.styles, Where.STYLE),\n", ""),
    "json_numbers_off": Mutant(
        "proxy/privacy/echo.py", "[:\\[,]\\s{0,9}([0-9]{1,3})(?=", "[:\\[,]\\s{0,9}([0-9]{9})(?="
    ),
    "expiry_off": Mutant("proxy/privacy/steps.py", 'if card is not None and kind == "card_expiry":', "if False:"),
    "resent_trusted": Mutant(
        "proxy/privacy/sanitize.py",
        "    if batch.seq != view.walked + 1:",
        "    if batch.seq not in (view.walked, view.walked + 1):",
    ),
    "splits_off": Mutant(
        "proxy/privacy/steps.py",
        "(walk, prove, strip, unsplit, unecho, detect)",
        "(walk, prove, strip, unecho, detect)",
    ),
    "parts_off": Mutant(
        "proxy/privacy/element.py", "            if field and _is_part(", "            if False and _is_part("
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


def copied(tree: Path) -> Path:
    """What the cases of tests/cases/batch need, copied below `tree`."""
    for folder in ("proxy", "tests/proxy/privacy", "tests/cases/batch"):
        ignored = shutil.ignore_patterns("__pycache__", "built", "*.map")
        shutil.copytree(ROOT / folder, tree / folder, ignore=ignored)
    for file in ("tests/mutants.py", "tests/canaries.py", "pyproject.toml"):
        shutil.copy(ROOT / file, tree / file)
    return tree


# Without pytest, which takes longer to start than the cases take.
TRY = """
import sys
from tests.proxy.privacy.test_cases import test_case
for case in sys.argv[1:]:
    try:
        test_case(case)
    except Exception:
        print(case)
"""


def failing(name: str, cases: Sequence[str], tree: Path) -> list[str]:
    """Those of the cases, by the names that test_cases.py gives them, that fail in a copy with the fault."""
    apply(name, copied(tree))
    run = subprocess.run(
        [sys.executable, "-c", TRY, *cases],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return run.stdout.splitlines()


def main() -> int:
    """Try every mutant, say which cases found it; 1 when one lives."""
    from tests.proxy.privacy.test_cases import cases_of

    alive = 0
    for name in MUTANTS:
        cases = cases_of(name)
        with TemporaryDirectory() as folder:
            found = failing(name, cases, Path(folder))
        alive += found != cases or not cases
        print(f"{'found' if found == cases and cases else 'ALIVE':6} {name:20} {', '.join(found)}", flush=True)
    print(f"{len(MUTANTS) - alive} of {len(MUTANTS)} mutants are found by each case that names them")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
