"""Names and labels come in one spelling."""

from __future__ import annotations

import pytest

from proxy.privacy.words import canonical


@pytest.mark.parametrize(
    ("raw", "spelt"),
    [
        ("kreditkartenNr", "kreditkarten nr"),
        ("kreditkarten_nr", "kreditkarten nr"),
        ("Kreditkarten-Nr.:", "kreditkarten nr"),
        ("CardCVV2", "card cvv 2"),
        ("IBANNummer", "iban nummer"),
        ("Straße", "strasse"),
        ("Übergröße", "uebergroesse"),
        ("Prénom", "prenom"),
        ("user[address][0]", "user address 0"),
        ("***", ""),
        ("", ""),
    ],
)
def test_one_spelling(raw: str, spelt: str) -> None:
    assert canonical(raw) == spelt
