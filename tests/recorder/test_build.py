"""The built recorder: small enough, and never made of an rrweb that our changes do not fit."""

from __future__ import annotations

import gzip
import subprocess

import pytest

from .conftest import ROOT, hook

LIMIT = 32 * 1024
"""Bytes after gzip -9 that a visitor's browser has to fetch (issue: at most 32 KB)."""

PATCHED = """
import { readFileSync } from "node:fs";
import { patch } from "./patches.mjs";
const [, from, to] = process.argv;
const source = readFileSync("node_modules/@rrweb/record/dist/record.js", "utf8");
if (!source.includes(from)) throw new Error("the test's own text is not there");
try { patch(source.replace(from, to)); } catch (error) { console.log(error.message); }
"""


def test_the_recorder_is_at_most_32_kb_after_gzip(recorder_js: str) -> None:
    assert len(gzip.compress(recorder_js.encode("ascii"), 9, mtime=0)) <= LIMIT
    assert hook().RECORDER_LIMIT == LIMIT


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ('target.setAttribute("data-rr-is-password", "true");', "patch does not fit"),
        ("class CrossOriginIframeMirror {", "cut does not fit"),
        ("this.crossOriginIframeMirror.reset(iframeEl);", "cut does not fit"),
        ('"DomContentLoaded"] = 0', "no EventType.DomContentLoaded"),
    ],
)
def test_another_rrweb_than_the_one_that_was_read_is_refused(changed: str, complaint: str) -> None:
    done = subprocess.run(
        ["node", "--input-type=module", "-e", PATCHED, changed, "/* something else */"],
        cwd=ROOT / "recorder",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(complaint), done.stdout + done.stderr
