"""Every mistake in a config is one line that names file, key and mend."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.config import ConfigError, load, locate

SOURCE = '[sources.share]\nkind = "files"\npath = "share"\n'


def config(folder: Path, text: str) -> Path:
    path = folder / "sparhund.toml"
    path.write_text(text, encoding="utf-8")
    return path


MISTAKES = [
    ('polices = ["krafthem"]', "polices: unknown key; did you mean `policies`?"),
    ('policies = "krafthem"', "policies: must be "),
    ("policies = [1]", "policies.0: must be "),
    ("[store]\nurl = 3", "store.url: must be "),
    ("[stores]", "stores: unknown key; did you mean `store`?"),
    ("store = 1", "store: must be a table: write [store]"),
    ('[store]\nurl = "x.sqlite"', "store.url: is not a URL such as sqlite:///file.sqlite"),
    ('[store]\nurl_env = "SPARHUND_TEST_ABSENT"', "variable SPARHUND_TEST_ABSENT is not set; set"),
    ('[store]\nurl = "sqlite:///x"\nurl_env = "X"', "store: holds both url and url_env; keep one"),
    ("[detection]\nthreshold = 2.0", "detection.threshold: must be above 0 and at most 1"),
    ('[detection]\nthreshold = "0.5"', "detection.threshold: must be "),
    ("[detection]\ntreshold = 0.5", "detection.treshold: unknown key; did you mean `threshold`?"),
    ("[[detection.models]]\nname = 1", "detection.models.0.name: must be "),
    ("[[detection.models]]\nreads = 'names'", "detection.models.0.name: is missing; add it"),
    (
        "[[detection.models]]\nnam = 'x'",
        "detection.models.0.nam: unknown key; did you mean `name`?",
    ),
    ("[[detection.models]]\nname = 'x'\nreads = 'all'", "detection.models.0.reads: must be "),
    ("[detection.models]\nname = 'x'", "detection.models: must be "),
    ("[scan]\nworkers = 1.5", "scan.workers: must be "),
    ("[sources]\nshare = 1", "sources.share: must be a table: write [sources.share]"),
    ("[sources.share]\npath = 'x'", 'sources.share.kind: is missing; write kind = "files"'),
    ("[sources.share]\nkind = 'ftp'", "sources.share.kind: no 'ftp' among files, manual, s3, sql"),
    ("[sources.share]\nkind = 'files'", "sources.share.path: is missing; add it"),
    (SOURCE + "pth = 'x'", "sources.share.pth: unknown key; did you mean `path`?"),
    (SOURCE + "include = '*.csv'", "sources.share.include: must be "),
    (SOURCE + "country = 'Sverige'", 'sources.share.country: must be two capitals, such as "SE"'),
    (SOURCE + "purposes = ['x']", "sources.share.purposes: must be "),
    (SOURCE + "purposes = {krafthem = 'x'}", "sources.share.purposes.krafthem: must be "),
    (SOURCE + "[[sources.share.scope]]\npurposes = {}", "sources.share.scope.0.match: is missing"),
    (SOURCE + "[[sources.share.scope]]\nmach = 'x'", "mach: unknown key; did you mean `match`?"),
    ("[sources.share\n", "is not valid TOML (at line 1"),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_a_mistake_is_one_line_with_file_key_and_mend(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(config(tmp_path, text))
    message = str(caught.value)
    assert message.startswith("sparhund.toml: ")
    assert words in message
    assert "\n" not in message


SECRETS = [
    ('[sources.crm]\nkind = "sql"\npassword = "hunter2"', "password_env"),
    ('[sources.crm]\nkind = "sql"\nurl = "postgresql://u:hunter2@h/d"', "url_env"),
    ('[sources.crm]\nkind = "sql"\nurl = "postgresql://h/d?user=u&password=hunter2"', "url_env"),
    ('[sources.b]\nkind = "s3"\nbucket = "b"\nsecret_key = "hunter2"', "secret_key_env"),
    ('[sources.b]\nkind = "s3"\nbucket = "b"\naccess_key = "hunter2"', "access_key_env"),
    ('[sources.b]\nkind = "s3"\nbucket = "b"\nendpoint_url = "http://u:hunter2@h"', "_key_env"),
    ('[store]\nurl = "postgresql://u:hunter2@h/d"', "url_env"),
    ('[store]\npassword = "hunter2"', "environment variable"),
]


@pytest.mark.parametrize(("text", "mend"), SECRETS)
def test_a_secret_in_the_file_is_refused_with_the_reason(
    tmp_path: Path, text: str, mend: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(config(tmp_path, text))
    assert mend in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_relative_paths_are_relative_to_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    text = '[store]\nurl = "sqlite:///lager.sqlite"\n' + SOURCE
    text += '[sources.crm]\nkind = "sql"\nurl = "sqlite:///db/crm.sqlite"\n'
    loaded = load(config(tmp_path, text))
    assert loaded.store_url == f"sqlite:///{tmp_path}/lager.sqlite"
    assert getattr(loaded.sources["share"].connector, "path", "") == f"{tmp_path}/share"
    crm = loaded.sources["crm"].connector
    assert getattr(crm, "url", "") == f"sqlite:///{tmp_path}/db/crm.sqlite"


def test_an_absolute_sqlite_path_stays(tmp_path: Path) -> None:
    loaded = load(config(tmp_path, '[store]\nurl = "sqlite:////var/lager.sqlite"'))
    assert loaded.store_url == "sqlite:////var/lager.sqlite"


def test_purposes_and_scopes_are_kept_in_order(tmp_path: Path) -> None:
    text = SOURCE + 'purposes = { krafthem = ["Ingå ett avtal med oss"] }\n'
    for match in ("Marknad/**", "**"):
        text += f'[[sources.share.scope]]\nmatch = "{match}"\n'
        text += 'purposes = { krafthem = ["Marknadsföring"] }\n'
    source = load(config(tmp_path, text)).sources["share"]
    assert source.keys.purposes == {"krafthem": ("Ingå ett avtal med oss",)}
    assert [scope.match for scope in source.scopes] == ["Marknad/**", "**"]


def test_the_store_s_url_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAGER", "postgresql+psycopg://u:hunter2@h/d")
    loaded = load(config(tmp_path, '[store]\nurl_env = "LAGER"'))
    assert loaded.store_url == "postgresql+psycopg://u:hunter2@h/d"


def test_a_config_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sparhund.toml"
    path.write_bytes('policies = ["å"]'.encode("cp1252"))
    with pytest.raises(ConfigError, match=r"sparhund\.toml: is not UTF-8; save it as UTF-8"):
        load(path)


def test_where_the_config_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    with pytest.raises(ConfigError, match="name one with --config or SPARHUND_CONFIG, or run"):
        locate(None)
    (tmp_path / "sparhund.toml").touch()
    assert locate(None) == tmp_path / "sparhund.toml"
    monkeypatch.setenv("SPARHUND_CONFIG", os.fspath(tmp_path / "other.toml"))
    with pytest.raises(ConfigError, match=r"other\.toml: there is no such config file"):
        locate(None)
    assert locate("sparhund.toml") == tmp_path / "sparhund.toml"
