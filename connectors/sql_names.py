"""Keys of tables: `schema.table`, quoted where a name would be ambiguous."""

from __future__ import annotations

import re

_KEY = re.compile(r'("(?:[^"]|"")*"|[^."\[]+)\.("(?:[^"]|"")*"|[^."\[]+)')


def key_of(schema: str, table: str) -> str:
    """The key of a table. A name that is empty or holds `.`, `"` or `[` is double-quoted."""
    return f"{_quoted(schema)}.{_quoted(table)}"


def names_of(key: str) -> tuple[str, str]:
    """Schema and table of a key. Raises `ValueError` for what `key_of` never gives."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise ValueError("a key is schema.table, a name that holds a dot double-quoted")
    schema, table = (_plain(part) for part in found.groups())
    return schema, table


def _quoted(name: str) -> str:
    if name and not set(name) & set('."['):
        return name
    return '"' + name.replace('"', '""') + '"'


def _plain(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part
