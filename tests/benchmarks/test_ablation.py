from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks import ablation
from benchmarks.name_systems import ours
from detectors.recognizers import person
from detectors.tagger import Name, tagger

TEXTS = ["Hej, Anna Johansson ringde om fakturan.", "Avläst i maj.", "Kund: ERIK LINDBERG"]
UNTRIGGERED = "Mätaren är avläst."
NO_TRIGGER = "without the trigger: every text shown to the model"


class Witness:
    """A model that finds nobody and remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def names(self, texts: Sequence[str]) -> list[list[Name]]:
        self.shown += texts
        return [[] for _ in texts]


def test_all_is_the_detector_as_it_ships() -> None:
    assert ablation.SYSTEMS["all"](TEXTS) == ours(TEXTS)
    assert {(5, 19)} in ours(TEXTS)


@pytest.mark.parametrize(("system", "shown"), [("all", []), (NO_TRIGGER, [UNTRIGGERED])])
def test_without_the_trigger_the_model_sees_every_text(
    monkeypatch: pytest.MonkeyPatch, system: str, shown: list[str]
) -> None:
    witness = Witness()
    monkeypatch.setattr(person, "tagger", lambda: witness)
    ablation.SYSTEMS[system]([UNTRIGGERED])
    assert witness.shown == shown


@pytest.mark.parametrize("system", list(ablation.SYSTEMS))
def test_what_was_left_out_is_back_afterwards(system: str) -> None:
    before = ours(TEXTS)
    ablation.SYSTEMS[system](TEXTS)
    assert ours(TEXTS) == before
    assert vars(person)["tagger"] is tagger


def test_each_table_of_weights_tells_the_model_something() -> None:
    words = [["Anna", "Johansson"]]
    said = {tuple(tagger().chances(words)[0][:, 1])}
    for system in list(ablation.SYSTEMS.values())[-3:]:
        assert isinstance(system, ablation.Without)
        with system.altered():
            said.add(tuple(vars(person)["tagger"]().chances(words)[0][:, 1]))
    assert len(said) == 4
