"""What is named after persons is told from persons by its own words and those beside."""

from __future__ import annotations

import pytest

from detectors.namesakes import is_namesake

THINGS = (
    "«Sven Persson» Bil", "«Sven Perssons» Åkeri AB", "«Hugo Boman Solteknik»",
    "«Lindgren» & Söner",
    "«Olof Palme»s gata 4", "«Karl Johansskolan»", "«Sofia Kyrkogata»",
    "stormen «Gudrun» i januari",
    "Brf «Lindgren»", "servern «Kalle» svarar inte", "«P.S.» glöm inte", "«Kundrådgivare»",
    "«Maj» 2024",
    "1 «Maj»", "«Greta» Fjärrvärme", "«Håkan» 5", "«Linus» Laststyrning v12", "«LISA-DW»",
    "«Outlook»",
    "«Elin» och Söner", "Enhet «Åberg»", "«Return-Path»", "«TEK»",
)  # fmt: skip
PERSONS = (
    "«Sven Persson» bytte bil", "«Anna» & Per Ek", "«Karl Johan Skog»", "«Ahmed El-Haddad»",
    "«Raija Takala»", "«Inger Sollander»", "«Signhild Palmstierna»", "hunden bet «Gudrun»",
    "«Maj» ringde igen", "«Håkan» 5 år", "«ULLA-BO» Ek", "«Anna» Ek", "«Kalle» svarar inte",
    "Hej «Elin» och Sara", "«K. Ek»", "Säljare: «Lindgren»",
)  # fmt: skip


def _said(line: str) -> bool:
    before, name, after = line.replace("»", "«").split("«")
    return is_namesake(before + name + after, len(before), len(before) + len(name))


@pytest.mark.parametrize("line", THINGS)
def test_a_thing_a_firm_or_a_place(line: str) -> None:
    assert _said(line)


@pytest.mark.parametrize("line", PERSONS)
def test_a_person(line: str) -> None:
    assert not _said(line)
