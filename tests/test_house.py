"""The house's rules: who imports whom, and names that nobody else claims."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("scanner", "connectors", "detectors", "reports")


def test_import_rules_hold() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_claims_our_names(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"sparhund"}


@pytest.mark.parametrize("package", PACKAGES)
def test_types_are_shipped(package: str) -> None:
    assert (ROOT / package / "py.typed").exists()


def test_modules_are_short_and_named_by_a_noun() -> None:
    for package in PACKAGES:
        for module in (ROOT / package).rglob("*.py"):
            assert module.stem not in {"utils", "helpers", "manager", "common", "misc", "handler"}
            lines = len(module.read_text(encoding="utf-8").splitlines())
            assert lines <= 450, f"{module}: {lines} lines"


def test_the_lock_names_versions_and_no_host() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+", line) for line in lines)
