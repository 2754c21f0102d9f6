"""Two tables of marks, the recorder's and the proxy's: both know every vendor's, and say the same of each."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

import pytest

from proxy.privacy import marks
from tests.running import ROOT

MASK: tuple[str, ...] = (
    *("data-milchglas=mask", "data-recording-ignore=mask", "data-sl=mask", "data-recording-sensitive"),
    *(".rr-mask", ".sentry-mask", "data-sentry-mask", ".ph-mask", ".ph-sensitive"),
    *("data-dd-privacy=mask", "data-dd-privacy=mask-user-input", "data-dd-privacy=mask-unless-allowlisted"),
    *(".dd-privacy-mask", ".dd-privacy-mask-user-input", ".dd-privacy-mask-unless-allowlisted"),
    *("data-openreplay-obscured", "data-openreplay-masked", "data-clarity-mask"),
    *(".fs-mask", ".fs-mask-without-consent", "data-matomo-mask", "data-piwik-mask", ".highlight-mask"),
    *(".nr-mask", "data-nr-mask", ".mp-mask", ".amp-mask", "data-cs-encrypt", "data-mf-replace-inner"),
    *(".inspectlet-sensitive", ".inspectletIgnore", "data-dtrum-mask", "data-qm-encrypt", ".cls_mask"),
    ".sessionstack-sensitive",
)
EXCLUDE: tuple[str, ...] = (
    *("data-milchglas=exclude", "data-sl=exclude", "data-recording-disable", ".smartlook-hide", ".rr-block"),
    *(".sentry-block", "data-sentry-block", ".ph-no-capture", "data-dd-privacy=hidden", ".dd-privacy-hidden"),
    *("data-openreplay-hidden", "data-openreplay-htmlmasked"),
    *(".fs-exclude", ".fs-exclude-without-consent", ".fs-block", "data-hj-suppress", ".data-hj-suppress"),
    *("data-private", "._lr-hide", ".highlight-block", ".nr-block", "data-nr-block", ".mp-block", ".amp-block"),
    *("data-cs-mask", "data-heap-redact-text", "data-heap-redact-attributes"),
    *(".mf-excluded", ".mf-masked", "data-mf-replace", ".lo-sensitive", ".losensitive"),
    *(".userback-block", ".zipy-block", "data-qm-block", "data-sr-redact", ".ex-block"),
)
IGNORE: tuple[str, ...] = (
    *("data-milchglas=ignore", "data-recording-ignore=events", "data-recording-ignore", ".rr-ignore"),
    *(".sentry-ignore", "data-sentry-ignore", ".ph-ignore-input", ".highlight-ignore", ".nr-ignore"),
    *("heap-ignore", ".userback-ignore"),
)
REVEAL: tuple[str, ...] = (
    *("data-dd-privacy=allow", ".dd-privacy-allow", "data-clarity-unmask", "data-hj-allow", ".rr-unmask"),
    *("data-sentry-unmask", ".sentry-unmask", ".sentry-unblock", ".fs-unmask", ".ph-unmask", "data-sl=allow-not"),
)
"""The last masks: it is a value that nobody knows, of a mark that is known."""

SAID = dict.fromkeys(MASK, "mask") | dict.fromkeys(EXCLUDE, "exclude") | dict.fromkeys(IGNORE, "ignore")
STRICTER_HERE = {"data-heap-redact-attributes"}
"""The recorder leaves these out, as their vendor does; the proxy masks them."""

VALUES = (
    *("", "true", "false", "mask", "exclude", "ignore", "events", "hidden", "allow"),
    *(" MASK ", "sonst", "constructor"),
)
RECORDER = """
import { build } from "esbuild";
const { outputFiles } = await build({
  entryPoints: ["src/marks.ts"], bundle: true, format: "esm", write: false, logLevel: "error",
});
const code = Buffer.from(outputFiles[0].text).toString("base64");
const { markOf } = await import(`data:text/javascript;base64,${code}`);
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map(([name, value]) => markOf(name, value))));
"""


def asked() -> Iterator[tuple[str, str]]:
    """Every attribute and class that one of the tables or the list above knows, with all sorts of values."""
    listed = [written.partition("=")[0] for written in SAID if not written.startswith(".")]
    for name in sorted({*marks.NAMES, *listed, "data-clarity-unmask", "title", "id", "constructor"}):
        yield from ((name, value) for value in VALUES)
    classes = {*marks.CLASSES, *(written[1:] for written in (*SAID, *REVEAL) if written.startswith("."))}
    yield from (("class", name) for name in sorted(classes))
    yield from (("class", f"a {name}\tb") for name in sorted(classes))
    yield from (("class", name) for name in ("", "dd-privacy-neu", "dd-privacy-", "Rr-mask", "rr-ignore rr-block"))


def attribute(written: str) -> tuple[str, str]:
    """Name and value of a mark as it is written above."""
    if written.startswith("."):
        return "class", written[1:]
    name, _, value = written.partition("=")
    return name, value


@pytest.fixture(scope="module")
def recorder() -> dict[tuple[str, str], str | None]:
    """What the recorder's table says of each."""
    questions = [*asked(), *map(attribute, (*SAID, *REVEAL))]
    done = subprocess.run(
        ["node", "--input-type=module", "-e", RECORDER],
        cwd=ROOT / "recorder",
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(questions, json.loads(done.stdout), strict=True))


def proxy(name: str, value: str) -> str | None:
    """What the proxy's table says."""
    mark = marks.of_classes(value) if name == "class" else marks.of_attribute(name, value)
    return mark.name.lower() if mark else None


def test_both_know_every_vendors_mark(recorder: dict[tuple[str, str], str | None]) -> None:
    for written, mark in SAID.items():
        assert recorder[attribute(written)] == mark, written
        assert proxy(*attribute(written)) == mark or written in STRICTER_HERE, written


def test_both_say_the_same_of_every_name_and_value(recorder: dict[tuple[str, str], str | None]) -> None:
    differing = {each for each, mark in recorder.items() if mark != proxy(*each)}
    assert {name for name, _ in differing} <= STRICTER_HERE
    assert all((recorder[each], proxy(*each)) == ("exclude", "mask") for each in differing)


def test_an_unknown_value_of_a_known_mark_masks(recorder: dict[tuple[str, str], str | None]) -> None:
    for name in marks.NAMES:
        for value in ("sonst", "false", "constructor"):
            assert recorder[name, value] == proxy(name, value) == "mask", (name, value)


def test_reveal_marks_mark_nothing(recorder: dict[tuple[str, str], str | None]) -> None:
    for written in REVEAL[:-1]:
        assert recorder[attribute(written)] is None and proxy(*attribute(written)) is None, written
    assert recorder[attribute(REVEAL[-1])] == proxy(*attribute(REVEAL[-1])) == "mask"
