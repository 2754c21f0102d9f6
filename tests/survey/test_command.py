"""`milchglas survey` over recorded traffic: what it prints and writes, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from proxy.commands.survey import survey
from tests.survey.pages import CANARIES, HOSTILE, har, recorded

CASES = Path(__file__).parent.parent / "cases/fixtures"
CONFIG = """version: 1
sites:
  - name: altshop
    hosts: [shop.example.com]
    upstream: http://127.0.0.1:8000
"""
LOGIN = "<!doctype html><form><input name=kdnr aria-label=Benutzername><input type=password name=pw></form>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "milchglas.yaml").write_text(CONFIG)
    return tmp_path


def run(folder: Path, *words: str | Path, code: int = 0, config: str = CONFIG) -> Result:
    """The command, in this process."""
    (folder / "milchglas.yaml").write_text(config)
    result = CliRunner().invoke(survey, ["-c", str(folder / "milchglas.yaml"), *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def facts(folder: Path, entries: list[dict[str, Any]], *words: str, code: int = 0, config: str = CONFIG) -> Any:
    """The JSON of a survey over these entries, of its first site."""
    done = run(folder, har(folder / "site.har", entries), "--json", *words, code=code, config=config)
    return json.loads(done.stdout)["sites"][0]


def test_the_same_field_on_forty_pages_is_one_line_with_a_count(folder: Path) -> None:
    pages = [recorded(f"/seite{'x' * number}.php", LOGIN) for number in range(40)]
    found = facts(folder, pages)
    assert found["pages"] == 40
    assert [
        (each["selector"], each["kind"], each["class"], each["rule"], each["count"]) for each in found["fields"]
    ] == [
        ('input[name="pw"]', "password", "secret", "type:password", 40),
        ('input[name="kdnr"]', "username", "personal", "name:username", 40),
    ], "secrets first"
    assert found["fields"][0]["mark"] == 'data-milchglas="mask"'
    assert found["fields"][0]["yaml"] == "sensitive: ['input[name=\"pw\"]']"
    text = run(folder, folder / "site.har").stdout
    assert "/seite.php, /seitex.php and 38 more" in " ".join(text.split())
    assert "2 fields to mark." in text


def test_a_page_that_was_visited_twice_counts_once(folder: Path) -> None:
    found = facts(folder, [recorded("/a?nr=1", LOGIN), recorded("/a?nr=2", LOGIN)])
    assert found["pages"] == 1 and found["fields"][0]["pages"] == ["/a?nr=xxxxxx"]


def test_marked_fields_are_a_count_by_mark(folder: Path) -> None:
    page = "<!doctype html><input name=iban data-sl=mask><div class=rr-mask><input name=pin><input name=x></div>"
    found = facts(folder, [recorded("/a", page), recorded("/b", page)])
    assert found["marked"] == {"class rr-mask": 2, 'data-sl="mask"': 1} and not found["fields"]
    assert "marked already: 2 by class rr-mask, 1 by data-sl" in run(folder, folder / "site.har").stdout


def test_collectors_are_named_with_what_they_collect_and_how_they_get_in(folder: Path) -> None:
    hotjar = "<!doctype html><script>window._hjSettings={};</script><script src=//static.hotjar.com/x.js></script>"
    unknown = "<!doctype html><script src=https://w.widgets.io/w.js></script>"
    first, second = facts(folder, [recorded("/a", hotjar), recorded("/b", unknown), recorded("/c", unknown)])[
        "collectors"
    ]
    assert (first["name"], first["host"], first["known"]) == ("Hotjar", "static.hotjar.com", True)
    assert first["how"] == ["inline script", "script"] and "recordings" in first["collects"]
    assert (second["name"], second["host"], second["known"]) == ("unknown third party", "w.widgets.io", False)
    assert second["pages"] == ["/b", "/c"]


NONE = ("Content-Security-Policy", "default-src 'none'; style-src 'nonce-Kuckuck0'")
OURS = "https://shop.example.com/_milchglas/"


def test_a_policy_that_would_block_says_what_adapt_changes(folder: Path) -> None:
    found = facts(folder, [recorded("/csp", LOGIN, NONE)])
    ((policy,), left) = found["policies"], found["not_injected"]
    assert (policy["reason"], policy["blocks"], left) == ("adapted", False, [])
    assert policy["adds"] == [f"script-src {OURS}", f"connect-src {OURS}"]


def test_with_skip_it_says_what_adapt_would_change(folder: Path) -> None:
    found = facts(folder, [recorded("/csp", LOGIN, NONE), recorded("/ok")], config="csp: skip\n" + CONFIG)
    ((policy,), (left,)) = found["policies"], found["not_injected"]
    assert policy == left and (left["reason"], left["blocks"], left["pages"]) == ("csp", True, ["/csp"])
    assert policy["adds"] == [f"script-src {OURS}", f"connect-src {OURS}"] and "csp: adapt" in policy["remedy"]


@pytest.mark.parametrize(
    ("entry", "reason", "remedy"),
    [
        (recorded("/x", LOGIN, ("Cache-Control", "no-transform")), "no_transform", "no-transform"),
        (recorded("/x", LOGIN, ("Content-Security-Policy", "sandbox")), "sandbox", "allow-scripts"),
        (recorded("/x", "{}"), "not_html", "<!doctype html>"),
        (recorded("/x", None), "no_body", "record the page again"),
        (recorded("/x", LOGIN, type="text/html; charset=utf-16"), "charset", "UTF-8"),
        (
            recorded("/x", f"<meta http-equiv=content-security-policy content=\"connect-src 'none'\">{LOGIN}"),
            "csp_meta",
            OURS,
        ),
        (recorded("/intern/x", LOGIN), "page_rule", "`pages`"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_page_that_cannot_be_injected_has_a_reason_and_what_helps(
    folder: Path, entry: dict[str, Any], reason: str, remedy: str
) -> None:
    (left,) = facts(folder, [entry], config=CONFIG + "    pages: {exclude: [/intern/*]}\n")["not_injected"]
    assert left["reason"] == reason and remedy in left["remedy"] and left["meaning"]


def test_what_is_no_page_is_not_told(folder: Path) -> None:
    others = [
        recorded("/a.png", "x", type="image/png"),
        recorded("/to", LOGIN, ("Location", "/"), status=302),
        recorded("/log", ""),
    ]
    found = facts(folder, [recorded("/"), *others])
    assert not found["not_injected"] and "/a.png" not in str(found) and not found["fields"]


def test_a_site_that_is_not_recorded_yet_is_surveyed_as_if_it_were(folder: Path) -> None:
    config = (
        CONFIG + "    enabled: false\n    record: {mode: shadow, sample: 0}\n    staff: {networks: [127.0.0.1]}\n"
    )
    found = facts(folder, [recorded("/", LOGIN)], config=config)
    assert not found["not_injected"] and len(found["fields"]) == 2


def test_a_broken_fixture_is_named_and_the_rest_is_surveyed(folder: Path) -> None:
    har(folder / "a.har", [recorded("/", LOGIN), {"request": {}}])
    (folder / "b.har").write_text("{")
    done = run(folder, folder, "--json", code=1)
    told = json.loads(done.stdout)
    assert len(told["sites"][0]["fields"]) == 2
    assert [each["place"] for each in told["broken"]] == [f"{folder}/a.har entry 2", f"{folder}/b.har entry 0"]
    assert f"! {folder}/b.har entry 0: not JSON" in run(folder, folder, code=1).stdout


def test_a_page_that_we_cannot_look_through_is_named_and_the_rest_is_surveyed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_once(*what: Any) -> Any:
        monkeypatch.undo()
        raise RuntimeError("Kuckuck0")

    har(folder / "site.har", [recorded("/a", LOGIN), recorded("/b", LOGIN)])
    monkeypatch.setattr("proxy.survey.look.page", fails_once)
    done = run(folder, folder / "site.har", code=1)
    assert "entry 1 GET https://shop.example.com/a: a fault of ours: RuntimeError" in done.stdout
    assert "altshop: 1 page" in done.stdout and "Kuckuck0" not in done.output


@pytest.mark.parametrize("version", [8, 12])
def test_flow_files_of_mitmproxy_are_read(folder: Path, version: int) -> None:
    done = run(folder, CASES / f"mitmproxy-{version}.flow", "--json")
    (site,) = json.loads(done.stdout)["sites"]
    assert ("password", ["/login.php"]) in [(each["kind"], each["pages"]) for each in site["fields"]]


def test_findings_are_no_error_unless_one_asks_for_it(folder: Path) -> None:
    har(folder / "site.har", [recorded("/", LOGIN)])
    run(folder, folder / "site.har")
    run(folder, folder / "site.har", "--fail-on", "unmarked", code=1)
    har(folder / "site.har", [recorded("/", "<!doctype html><input type=password data-milchglas=mask>")])
    done = run(folder, folder / "site.har", "--fail-on", "unmarked")
    assert "no sensitive field is without a mark" in done.stdout


def test_traffic_of_other_hosts_alone_is_a_mistake_and_not_good_news(folder: Path) -> None:
    har(folder / "site.har", [recorded("/", LOGIN)])
    done = run(folder, folder / "site.har", code=1, config=CONFIG.replace("shop.example.com", "other.example.com"))
    assert "no page of a site of this configuration is there: 1 of the entries" in done.output


def test_only_the_site_that_is_asked_for(folder: Path) -> None:
    config = CONFIG + "  - {name: other, hosts: [other.example.com], upstream: 'http://127.0.0.1:8001'}\n"
    entry = recorded("/", LOGIN)
    entry["request"]["url"] = "https://other.example.com/konto"
    har(folder / "site.har", [recorded("/", LOGIN), entry])
    both = json.loads(run(folder, folder / "site.har", "--json", config=config).stdout)
    one = json.loads(run(folder, folder / "site.har", "--json", "--site", "other", config=config).stdout)
    assert [each["site"] for each in both["sites"]] == ["altshop", "other"]
    assert [each["site"] for each in one["sites"]] == ["other"]


def test_a_selector_that_cannot_be_looked_up_is_noted(folder: Path) -> None:
    found = facts(
        folder, [recorded("/", LOGIN)], config=CONFIG + "    sensitive: ['form:has(> .x) input::before']\n"
    )
    assert len(found["notes"]) == 1 and "form:has" in found["notes"][0]


def test_a_page_that_is_too_large_is_noted(folder: Path) -> None:
    found = facts(folder, [recorded("/", LOGIN + "x" * (4 * 2**20))])
    assert "too large" in found["notes"][0]


def test_no_value_of_a_page_is_in_any_output(folder: Path) -> None:
    har(folder / "site.har", [recorded("/hostile?q=Kuckuck0&Kuckuck1", HOSTILE, NONE)])
    report = folder / "report.html"
    said = (
        run(folder, folder / "site.har", "--html", report).output
        + run(folder, folder / "site.har", "--json").output
    )
    said += report.read_text()
    assert "IBAN" in said and "Hotjar" in said and "cdn.unknown-widgets.io" in said and "Meta pixel" in said
    assert [each for each in CANARIES if each in said] == []
    assert "\x1b" not in said and "\u202e" not in run(folder, folder / "site.har").stdout + report.read_text()
