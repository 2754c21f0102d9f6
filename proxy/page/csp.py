"""Content-Security-Policy: may the recorder load and post, and what is the smallest edit that lets it?

Every policy of every header has to agree (https://www.w3.org/TR/CSP3/#multiple-policies). An edit only ever
adds the folder of our own path to the one directive that blocks; report-only policies are not looked at. A nonce
that a policy already has is reused and none is added: a new nonce would make browsers ignore 'unsafe-inline'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from proxy.page import sources

SCRIPT = ("script-src-elem", "script-src", "default-src")
CONNECT = ("connect-src", "default-src")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a page with the snippet asks for, as absolute URLs on its own origin."""

    script: str
    posts: tuple[str, ...]
    folder: str

    @classmethod
    def of(cls, origin: str, path: str, src: str) -> Needs:
        """For `origin` scheme://host[:port], our `path` and the recorder's path `src`."""
        posts = tuple(f"{origin}{path}/{name}" for name in ("start", "events"))
        return cls(script=origin + src, posts=posts, folder=f"{origin}{path}/")


@dataclass(frozen=True, slots=True)
class Admission:
    """How the recorder gets in: the headers' values, in their order, and the nonce that the snippet carries."""

    values: tuple[str, ...] = ()
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One serialized policy; its text is kept so that an edit leaves all else as it stands."""

    text: str

    @property
    def directives(self) -> dict[str, list[str]]:
        """Name -> sources; of a directive that stands twice, the first counts."""
        found: dict[str, list[str]] = {}
        for piece in self.text.split(";"):
            if words := piece.split():
                found.setdefault(words[0].lower(), words[1:])
        return found

    def governing(self, names: Sequence[str]) -> str | None:
        """The first of these directives that the policy has."""
        have = self.directives
        return next((name for name in names if name in have), None)

    def lets_load(self, needs: Needs, nonce: str) -> bool:
        """Whether a script element of the page's HTML may load the recorder."""
        governing = self.governing(SCRIPT)
        if governing is None:
            return True
        listed = self.directives[governing]
        if nonce and nonce in sources.nonces(listed):
            return True
        # With 'strict-dynamic', host sources count for nothing.
        return not _has(listed, "'strict-dynamic'") and sources.covers(listed, needs.script)

    def lets_post(self, needs: Needs) -> bool:
        """Whether the recorder's posts get through."""
        governing = self.governing(CONNECT)
        return governing is None or all(sources.covers(self.directives[governing], url) for url in needs.posts)

    def sandboxed(self) -> bool:
        """Whether a sandbox takes away scripts, or the origin without which posts have no answer."""
        flags = {flag.lower() for flag in self.directives.get("sandbox", ["allow-scripts", "allow-same-origin"])}
        return not {"allow-scripts", "allow-same-origin"} <= flags

    def adding(self, names: Sequence[str], source: str) -> Policy:
        """The policy with `source` in the directive that governs; a copy of default-src is made specific."""
        governing = self.governing(names)
        if governing is None:
            return self
        listed = [word for word in self.directives[governing] if word.lower() != "'none'"]
        specific = names[0] if governing == "default-src" else governing
        directive = " ".join([specific, *listed, source])
        if specific != governing:
            return replace(self, text=f"{self.text.rstrip().rstrip(';')}; {directive}")
        pieces = self.text.split(";")
        at = next(
            i for i, piece in enumerate(pieces) if piece.split()[:1] and piece.split()[0].lower() == governing
        )
        pieces[at] = f"{' ' * (len(pieces[at]) - len(pieces[at].lstrip()))}{directive}"
        return replace(self, text=";".join(pieces))


def sandboxed(values: Sequence[str]) -> bool:
    """Whether one of the headers' policies puts the page into a sandbox that is too tight."""
    return any(policy.sandboxed() for value in values for policy in map(Policy, value.split(",")))


def admit(values: Sequence[str], needs: Needs, *, adapt: bool) -> Admission | None:
    """Fit the recorder into the values of all Content-Security-Policy headers; None when they block it.

    Without `adapt` the values come back as they are or not at all.
    """
    if not values:
        return Admission()
    headers = [[Policy(text) for text in value.split(",")] for value in values]
    offered = [nonce for header in headers for policy in header for nonce in _nonces(policy)]
    best: tuple[int, Admission] | None = None
    for nonce in ("", *dict.fromkeys(offered)):
        fitted = [[_fit(policy, needs, nonce) for policy in header] for header in headers]
        edited = [[policy for policy in header if policy is not None] for header in fitted]
        if [len(header) for header in edited] != [len(header) for header in headers]:
            continue
        edits = sum(
            old.text != new.text
            for before, after in zip(headers, edited, strict=True)
            for old, new in zip(before, after, strict=True)
        )
        if best is None or edits < best[0]:
            texts = tuple(",".join(policy.text for policy in header) for header in edited)
            best = (edits, Admission(texts, nonce))
    if best is None or (best[0] and not adapt):
        return None
    return best[1]


def meta_permits(content: str, needs: Needs, *, loads: bool) -> bool:
    """Whether a policy in a meta element lets the posts through, and with `loads` the recorder, too.

    A meta policy governs what comes after it, so a snippet before it loads anyway.
    """
    policies = [Policy(text) for text in content.split(",")]
    return all(p.lets_post(needs) and (not loads or p.lets_load(needs, "")) for p in policies)


def _fit(policy: Policy, needs: Needs, nonce: str) -> Policy | None:
    """The policy, edited where it blocks; None where no edit of ours helps."""
    if not policy.lets_load(needs, nonce):
        policy = policy.adding(SCRIPT, needs.folder)
    if not policy.lets_post(needs):
        policy = policy.adding(CONNECT, needs.folder)
    return policy if policy.lets_load(needs, nonce) and policy.lets_post(needs) else None


def _nonces(policy: Policy) -> list[str]:
    governing = policy.governing(SCRIPT)
    return sources.nonces(policy.directives[governing]) if governing else []


def _has(listed: Sequence[str], keyword: str) -> bool:
    return any(word.lower() == keyword for word in listed)
