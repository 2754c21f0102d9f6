"""Mistakes in reading policies that a case of tests/cases/csp finds: each is a change of the sources' text.

`with mistaken(name) as csp: csp.admit(...)` judges with the mistake in.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import proxy.page

FILES = ("sources", "policy", "csp")
"""In the order in which they import each other."""

type Change = tuple[str, str]

SCRIPTS = 'SCRIPT = ("script-src-elem", "script-src", "default-src")'
CONNECTS = 'CONNECT = ("connect-src", "default-src")'
KEPT = "found.setdefault(words[0][0].lower(), words)"
SANDBOX = '{"allow-scripts", "allow-same-origin"} <='
ABSENT = "        if listed is None:\n            return True\n"
LOADS = "return not sources.dynamic(listed) and sources.covers(listed, script)"
COPIED = "copied = [word[0] for word in words[1:] if not _none(word)]"
SPLIT = 'return [Policy(text) for text in value.split(",")]'
WATCHED = "if not all(_permits(policy, needs, nonce) for policy in watching):"
META = "return all(p.lets_post(needs.posts) and (not loads or p.lets_load(needs.script, nonce)) for p in policies)"


def blocks(directive: str) -> tuple[Change, ...]:
    """A directive that says nothing of scripts and posts is taken for one that does."""
    return (SCRIPTS, f'SCRIPT = ("{directive}", "script-src-elem", "script-src", "default-src")'), (
        CONNECTS,
        f'CONNECT = ("{directive}", "connect-src", "default-src")',
    )


MISTAKES: dict[str, tuple[Change, ...]] = {
    # which directive
    "other directives count": (
        (
            "next((name for name in names if name in self.directives), None)",
            "next((name for name in (*names, *self.directives) if name in self.directives), None)",
        ),
    ),
    "script-src before script-src-elem": ((SCRIPTS, 'SCRIPT = ("script-src", "script-src-elem", "default-src")'),),
    "default-src before all": (
        (SCRIPTS, 'SCRIPT = ("default-src", "script-src-elem", "script-src")'),
        (CONNECTS, 'CONNECT = ("default-src", "connect-src")'),
    ),
    "no default-src for posts": ((CONNECTS, 'CONNECT = ("connect-src",)'),),
    "no default-src for scripts": ((SCRIPTS, 'SCRIPT = ("script-src-elem", "script-src")'),),
    "names have a case": ((KEPT, "found.setdefault(words[0][0], words)"),),
    "the last of two directives counts": ((KEPT, "found[words[0][0].lower()] = words"),),
    "only spaces separate": (('re.compile(r"[^\\t\\n\\f\\r ]+")', 're.compile(r"[^ ]+")'),),
    "an empty policy blocks": ((ABSENT, ABSENT.replace("True", "bool(self.directives)")),),
    "an empty directive is none": (
        ("if words := tuple(", "if (words := tuple("),
        ("piece.span())):", "piece.span())))[1:]:"),
    ),
    "what is not ASCII is read": (("        if _PLAIN.fullmatch(self.text):\n", "        if True:\n"),),
    "what is not ASCII refuses": (("not _PLAIN.fullmatch(piece) and piece.split()[:1]", "piece.split()[:1]"),),
    "trusted types block": blocks("require-trusted-types-for"),
    "upgrades block": blocks("upgrade-insecure-requests"),
    "report-to blocks": blocks("report-to"),
    "the recorder needs eval": ((LOADS, LOADS + " and \"'unsafe-eval'\" in listed"),),
    # sandbox
    "every sandbox is too tight": ((SANDBOX, "{''} <="),),
    "a sandbox needs no scripts": ((SANDBOX, '{"allow-same-origin"} <='),),
    "a sandbox needs no origin": ((SANDBOX, '{"allow-scripts"} <='),),
    "a sandbox of a report-only policy counts": (
        ("for policy in enforced):", "for policy in (*enforced, *watching)):"),
    ),
    "a sandbox within the page counts": ((META, META.replace("all(", "all(not p.sandboxed and ")),),
    # sources
    "'self' is nobody": (("return source.lower() == \"'self'\" if", 'return source == "self" if'),),
    "* is nobody": (
        (
            '    if source == "*":\n        return url.scheme in _PORTS\n',
            '    if source == "*":\n        return False\n',
        ),
    ),
    "schemes have a port": (
        ("return _scheme(scheme[1].lower(), url)", "return _scheme(scheme[1].lower(), url) and url.port is None"),
    ),
    "schemes are downgraded": (('("http", "https")\n', '("https", "http")\n'),),
    "no port is any port": (
        ("        return url.port is None\n    if upgraded", "        return True\n    if upgraded"),
    ),
    "a port is nobody's": (("    return int(allowed) == (url.port", "    return 0 == (url.port"),),
    "any port is no port": (
        (
            '    if allowed == "*":\n        return True\n    if allowed is None',
            '    if allowed is None or allowed == "*"',
        ),
    ),
    "a folder is a file": (("    if wanted[-1]:\n", "    if True:\n"),),
    "paths are not decoded": (("unquote(one) == unquote(other)", "one == other"),),
    "paths do not count": (("and (redirected or _path(", "and (True or _path("),),
    "addresses count with 'strict-dynamic'": ((LOADS, "return sources.covers(listed, script)"),),
    "'strict-dynamic' blocks posts": (
        (
            "return all(sources.covers(listed, url) for",
            "return not sources.dynamic(listed) and all(sources.covers(listed, url) for",
        ),
    ),
    "addresses count with hashes of URLs": ((" and not _hashes_of_urls(sources)", ""),),
    "a hash opens": ((LOADS, LOADS + ' or "\'sha256" in str(listed)'),),
    "'unsafe-inline' opens": ((LOADS, LOADS + " or \"'unsafe-inline'\" in listed"),),
    # nonces
    "nonces are not looked for": (("if nonce and nonce in sources.nonces(listed):", "if False:"),),
    "a nonce of the first directive only": (
        (
            "return sources.nonces(self._listed(SCRIPT) or ())",
            "return sources.nonces(self._listed(SCRIPT[:2]) or ())",
        ),
    ),
    "a nonce is always carried": (('("", *list(nonces)[:MOST_NONCES])', "list(nonces)[:MOST_NONCES]"),),
    "nonces have no case": (("tuple(match[1] for", "tuple(match[1].lower() for"),),
    "the keyword of a nonce has a case": (("={0,2})'\", re.IGNORECASE)", "={0,2})'\")"),),
    "anything is a nonce": (("'nonce-([A-Za-z0-9+/_-]+={0,2})'", "'nonce-(.+)'"),),
    "the first nonce is taken": (("*list(nonces)[:MOST_NONCES]", "*list(nonces)[:1]"),),
    "a nonce of one policy opens all": (("if nonce and nonce in sources.nonces(listed):", "if nonce:"),),
    "nonces of report-only policies do not count": (
        ("for policy in (*enforced, *watching) for", "for policy in enforced for"),
    ),
    # edits
    "a page that blocks is refused": (
        ("if fitted is None or (edits and not adapt):", "if fitted is None or edits:"),
    ),
    "'none' stays": (("for word in filter(_none, words):", "for word in ():"),),
    "'self' is added": (('folder=f"{origin}{path}/")', "folder=\"'self'\")"),),
    "default-src is edited": (('if governing == "default-src":', "if False:"),),
    "default-src is not copied": ((COPIED, "copied = []"),),
    "a nonce of ours is added": (
        (
            'Policy(f"{self.text[:end_of_words]} {source}',
            "Policy(f\"{self.text[:end_of_words]} 'nonce-x' {source}",
        ),
    ),
    "a policy is written anew": (
        ('values.append(",".join(policy.text for', 'values.append(",".join(" ".join(policy.text.split()) for'),
    ),
    "our folder is added to any list": ((" and policy.confined(needs.script)", ""),),
    "a list with another host is refused": ((" or covers(sources, url, redirected=True)", ""),),
    "posts are not asked": (("return all(sources.covers(listed, url) for url in posts)", "return True"),),
    "the first post is asked only": (
        ("return all(sources.covers(listed, url) for url in posts)", "return sources.covers(listed, posts[0])"),
    ),
    "the first header decides": (
        (
            "    headers = [_policies(value) for value in values]\n",
            "    headers = [_policies(value) for value in values[:1]]\n",
        ),
    ),
    "a value is one policy": ((SPLIT, "return [Policy(value)]"),),
    # report-only
    "report-only policies do not count": ((WATCHED, "if False:"),),
    "report-only policies refuse": ((WATCHED, "if watching:"),),
    "report-only policies: the script is asked only": (
        (WATCHED, "if not all(policy.lets_load(needs.script, nonce) for policy in watching):"),
    ),
    # within the page
    "policies within the page do not count": ((META, "return True"),),
    "policies within the page refuse": ((META, "return False"),),
    "within the page the script is always asked": ((META, META.replace("not loads or ", "")),),
    "within the page the script is never asked": ((META, META.replace("not loads or ", "True or ")),),
    "within the page no nonce counts": ((META, META.replace(", nonce", "")),),
    "a comma always ends a policy": (('{content, *content.split(",")}', 'content.split(",")'),),
}


@contextmanager
def mistaken(name: str) -> Iterator[Any]:
    """proxy.page.csp with a mistake; AssertionError when its place is not there."""
    texts = {file: (Path(proxy.page.__file__).parent / f"{file}.py").read_text() for file in FILES}
    for old, new in MISTAKES[name]:
        places = [file for file in FILES if old in texts[file]]
        assert len(places) == 1, (name, old, places)
        texts[places[0]] = texts[places[0]].replace(old, new)
    modules = {f"proxy.page.{file}": ModuleType(f"proxy.page.{file}") for file in FILES}
    with patch.dict(sys.modules, modules), patch.object(proxy.page, "sources", modules["proxy.page.sources"]):
        for file in FILES:
            module = modules[f"proxy.page.{file}"]
            exec(compile(texts[file], f"{name}: {file}.py", "exec"), module.__dict__)
        yield modules["proxy.page.csp"]
