"""Every reason that the code gives is one that people can read about, and the other way round."""

from __future__ import annotations

import re
from pathlib import Path

import proxy.page
from addons.inject import SHADOW
from proxy.page.eligible import REQUEST_RULES, RESPONSE_RULES
from proxy.page.reasons import REASONS

SOURCES = Path(proxy.page.__file__).parent


def test_the_table_and_the_code_name_the_same_reasons() -> None:
    used = {rule.reason for rule in (*REQUEST_RULES, *RESPONSE_RULES)} | {SHADOW}
    for file in ("plan.py", "csp.py", "splice.py", "rewrite.py", "visitors.py"):
        text = (SOURCES / file).read_text(encoding="utf-8")
        for line in text.splitlines():
            if re.search(r"\breturn\b|_refuse\(", line):
                used |= set(re.findall(r'"([a-z_]+)"', line)) - {"identity"}
    assert used == set(REASONS)
