"""What a database's own schema says of a table's columns: type, comment, keys."""

from __future__ import annotations

import warnings
from contextlib import nullcontext, suppress

from sqlalchemy import Connection, Inspector, inspect, text
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from connectors.sql_names import key_of
from scanner.model import Column

_POSTGRESQL = text(
    """
    SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
           pg_catalog.col_description(c.oid, a.attnum) AS comment,
           pg_catalog.obj_description(c.oid, 'pg_class') AS about,
           EXISTS (
             SELECT FROM pg_catalog.pg_index i
             WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
               AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum
           ) AS is_unique,
           f.nspname, f.relname, f.attname AS target
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN LATERAL (
      SELECT fn.nspname, fc.relname, fa.attname
      FROM pg_catalog.pg_constraint k
      JOIN pg_catalog.pg_class fc ON fc.oid = k.confrelid
      JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
      JOIN pg_catalog.pg_attribute fa ON fa.attrelid = fc.oid
       AND fa.attnum = k.confkey[array_position(k.conkey, a.attnum)]
      WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey)
      ORDER BY k.conname LIMIT 1
    ) f ON true
    WHERE n.nspname = :schema AND c.relname = :name
    """
)
_SQLITE_COLUMNS = text("SELECT name, type, pk FROM pragma_table_xinfo(:name, :schema)")
_SQLITE_UNIQUE = text(
    """
    SELECT min(i.name) FROM pragma_index_list(:name, :schema) AS l,
      pragma_index_info(l.name, :schema) AS i
    WHERE l."unique" AND NOT l.partial GROUP BY l.name HAVING count(*) = 1
    """
)
_SQLITE_KEYS = text(  # a key that names no column points at the other table's primary key
    """
    SELECT k."from", k."table", coalesce(k."to", (
      SELECT c.name FROM pragma_table_xinfo(k."table", :schema) AS c WHERE c.pk = k.seq + 1
    )) FROM pragma_foreign_key_list(:name, :schema) AS k ORDER BY k.id DESC
    """
)


def facts(connection: Connection, schema: str, name: str) -> dict[str, Column]:
    """What is known of each column, by name; nothing where the database does not tell."""
    kind = connection.dialect.name
    ask = {"postgresql": _postgresql, "sqlite": _sqlite}.get(kind, _reflected)
    apart = connection.begin_nested() if kind == "postgresql" else nullcontext()
    try:
        with apart:  # so that an error does not end the transaction that the rows are read in
            return ask(connection, schema, name)
    except (SQLAlchemyError, NotImplementedError):
        return {}


def _postgresql(connection: Connection, schema: str, name: str) -> dict[str, Column]:
    rows = connection.execute(_POSTGRESQL, {"schema": schema, "name": name})
    return {
        row.attname: Column(
            row.type.lower(),
            row.comment or "",
            row.is_unique,
            "" if row.target is None else f"{key_of(row.nspname, row.relname)}.{row.target}",
            row.about or "",
        )
        for row in rows
    }


def _sqlite(connection: Connection, schema: str, name: str) -> dict[str, Column]:
    where = {"schema": schema, "name": name}
    columns = connection.execute(_SQLITE_COLUMNS, where).all()
    keys = [column for column, _, place in columns if place]
    unique = {
        *connection.execute(_SQLITE_UNIQUE, where).scalars(),
        *(keys if len(keys) == 1 else ()),
    }
    refers = {
        column: key_of(schema, table) + (f".{target}" if target else "")
        for column, table, target in connection.execute(_SQLITE_KEYS, where)
    }
    return {
        column: Column(kind.lower(), "", column in unique, refers.get(column, ""))
        for column, kind, _ in columns
    }


def _reflected(connection: Connection, schema: str, name: str) -> dict[str, Column]:
    inspector = inspect(connection)
    unique = _unique(inspector, schema, name)
    refers = {
        column: f"{key_of(key['referred_schema'] or schema, key['referred_table'])}.{target}"
        for key in inspector.get_foreign_keys(name, schema)
        for column, target in zip(key["constrained_columns"], key["referred_columns"], strict=True)
    }
    about = ""
    with suppress(NotImplementedError):
        about = inspector.get_table_comment(name, schema)["text"] or ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # types that SQLAlchemy does not know
        columns = inspector.get_columns(name, schema)
    return {
        one["name"]: Column(
            str(one["type"]).lower(),
            one.get("comment") or "",
            one["name"] in unique,
            refers.get(one["name"], ""),
            about,
        )
        for one in columns
    }


def _unique(inspector: Inspector, schema: str, name: str) -> set[str]:
    """Columns that are a key by themselves."""
    keys = [inspector.get_pk_constraint(name, schema)["constrained_columns"]]
    with suppress(NotImplementedError):
        keys += [one["column_names"] for one in inspector.get_unique_constraints(name, schema)]
    return {key[0] for key in keys if len(key) == 1}
