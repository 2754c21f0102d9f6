"""The commands as an operator types them: what they print, and 0, 1 or 3."""

from __future__ import annotations

import subprocess
import sys

import orjson
import pytest

from tests.running import ROOT, Milchglas


def milchglas_command(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "proxy", *words]
    return subprocess.run(line, input=stdin, capture_output=True, text=True, cwd=ROOT, timeout=60)


def test_classify_answers_each_card_in_order_and_keeps_its_keys() -> None:
    cards = [
        {"tag": "input", "type": "password", "name": "x", "kind": "mine", "corpus": "a"},
        {"tag": "input", "type": "search", "name": "q"},
        {"tag": "input", "type": "text", "name": "x17"},
    ]
    done = milchglas_command("classify", stdin="\n".join(orjson.dumps(card).decode() for card in cards))
    assert done.returncode == 0, done.stderr
    verdicts = [orjson.loads(line) for line in done.stdout.splitlines()]
    assert [(each["kind"], each["class"], each["sensitive"]) for each in verdicts] == [
        ("password", "secret", True),
        ("search", "harmless", False),
        ("unknown", "unknown", False),
    ]
    assert verdicts[0]["corpus"] == "a"
    assert all(each["rule"] for each in verdicts)


def test_a_card_that_is_none_is_named_by_its_line_and_not_quoted() -> None:
    done = milchglas_command("classify", stdin='{"name":"q"}\nKanarienvogel7\n')
    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert "Kana" not in done.stderr


def test_a_first_password_is_printed_and_a_given_one_is_not(milchglas: Milchglas) -> None:
    made = milchglas.command("user", "add", "ada@example.org")
    assert made.returncode == 0, made.stderr
    assert "first password, good for one login: " in made.stdout
    again = milchglas.command("user", "add", "ada@example.org")
    assert again.returncode == 1
    assert "already" in again.stderr
    given = milchglas.command(
        "user", "reset", "ada@example.org", "--password-stdin", stdin="vier alte Fahrräder\n"
    )
    assert given.returncode == 0, given.stderr
    assert "Fahrräder" not in given.stdout + given.stderr
    assert milchglas.command("user", "disable", "ada@example.org").returncode == 0


@pytest.mark.parametrize("words", [("add", "no-address"), ("reset", "nobody@example.org"), ("disable", "x@y.z")])
def test_a_wrong_account_is_the_users_mistake(milchglas: Milchglas, words: tuple[str, ...]) -> None:
    done = milchglas.command("user", *words)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_recording_that_is_not_there_is_the_users_mistake(milchglas: Milchglas) -> None:
    assert milchglas.command("recordings").stdout == ""
    done = milchglas.command("export", "x" * 22)
    assert done.returncode == 1
    assert "there is no recording" in done.stderr


def test_an_unknown_command_or_option_is_the_users_mistake() -> None:
    assert milchglas_command("nonsense").returncode == 1
    assert milchglas_command("run").returncode == 1
    assert milchglas_command("--help").returncode == 0


def test_a_bug_is_exit_3_and_its_text_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import proxy.cli as c, proxy.commands.check as check\n"
        "def broken(*_): raise RuntimeError('Kanarienvogel7')\n"
        "check.read = broken\n"
        "import sys; sys.argv = ['milchglas', 'check', '-c', 'x']\n"
        "c.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 3
    assert "RuntimeError at" in done.stderr
    assert "Kana" not in done.stderr
