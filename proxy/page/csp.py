"""Content-Security-Policy: may the recorder load and post, and what is the smallest edit that lets it?

Every policy of every header has to agree (https://www.w3.org/TR/CSP3/#multiple-policies). An edit only ever adds
the folder of our own path to the one directive that blocks, and only where no other script gets in by that. A
nonce that a policy has is reused and none is added: a new one would make browsers ignore 'unsafe-inline'.
Report-only policies are never edited: where the recorder would show in their reports, the page does without it.

Not looked at: Trusted Types, for the recorder uses none of their sinks; and upgrade-insecure-requests, which
leaves loopback alone and makes sense elsewhere on pages by https only, where it changes nothing for us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from proxy.page.policy import CONNECT, SCRIPT, Policy
from proxy.page.sources import Url

MOST_NONCES = 8
"""How many nonces of a page are tried; an honest page has one."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a page with the snippet asks for, all on its own origin; `folder` is the source for a policy."""

    script: Url
    posts: tuple[Url, ...]
    folder: str

    @classmethod
    def of(cls, origin: str, path: str, src: str) -> Needs:
        """For `origin` scheme://host[:port], our `path` and the recorder's path `src`."""
        posts = tuple(Url.of(origin, f"{path}/{name}") for name in ("start", "events"))
        return cls(script=Url.of(origin, src), posts=posts, folder=f"{origin}{path}/")


class Admission(NamedTuple):
    """How the recorder gets in: the headers' values, in their order, and the nonce that the snippet carries."""

    values: tuple[str, ...] = ()
    nonce: str = ""


def admit(values: Sequence[str], needs: Needs, *, adapt: bool, reporting: Sequence[str] = ()) -> Admission | str:
    """Fit the recorder into the values of all Content-Security-Policy headers, or say the reason why not.

    Without `adapt` the values come back as they are or not at all. `reporting` are the values of all
    Content-Security-Policy-Report-Only headers: with these nothing is fitted.
    """
    headers = [_policies(value) for value in values]
    watching = list(chain.from_iterable(map(_policies, reporting)))
    enforced = list(chain.from_iterable(headers))
    if any(policy.sandboxed for policy in enforced):
        return "sandbox"
    best: tuple[int, Admission] | None = None
    reported = False
    nonces = dict.fromkeys(nonce for policy in (*enforced, *watching) for nonce in policy.nonces)
    for nonce in ("", *list(nonces)[:MOST_NONCES]):
        edits, fitted = _fitted(headers, needs, nonce)
        if fitted is None or (edits and not adapt):
            continue
        if not all(_permits(policy, needs, nonce) for policy in watching):
            reported = True
        elif not edits:
            return fitted
        elif best is None or edits < best[0]:
            best = (edits, fitted)
    if best:
        return best[1]
    return "csp_report_only" if reported else "csp"


def meta_permits(content: str, needs: Needs, *, loads: bool, nonce: str = "") -> bool:
    """Whether a policy in a meta element lets the posts through, and with `loads` the recorder, too.

    A meta policy governs what comes after it, so a snippet before it loads anyway. Chromium takes commas for the
    ends of policies there, the text (https://www.w3.org/TR/CSP3/#meta-element) does not: both must let it.
    """
    policies = map(Policy, {content, *content.split(",")})
    return all(p.lets_post(needs.posts) and (not loads or p.lets_load(needs.script, nonce)) for p in policies)


def _policies(value: str) -> list[Policy]:
    return [Policy(text) for text in value.split(",")]


def _permits(policy: Policy, needs: Needs, nonce: str) -> bool:
    return policy.lets_load(needs.script, nonce) and policy.lets_post(needs.posts)


def _fitted(headers: Sequence[Sequence[Policy]], needs: Needs, nonce: str) -> tuple[int, Admission | None]:
    """How many policies have to be edited for a snippet with this nonce, and what comes of it."""
    edits, values = 0, []
    for header in headers:
        policies = [_opened(policy, needs, nonce) for policy in header]
        if not all(_permits(policy, needs, nonce) for policy in policies):
            return 0, None
        edits += sum(new is not old for new, old in zip(policies, header, strict=True))
        values.append(",".join(policy.text for policy in policies))
    return edits, Admission(tuple(values), nonce)


def _opened(policy: Policy, needs: Needs, nonce: str) -> Policy:
    """The policy with our folder where it blocks; whether that helps is to be asked again."""
    if not policy.lets_load(needs.script, nonce) and policy.confined(needs.script):
        policy = policy.opened(SCRIPT, needs.folder)
    if not policy.lets_post(needs.posts):  # confined or not: a page may well be led to fetch from its own site
        policy = policy.opened(CONNECT, needs.folder)
    return policy
