"""The store's tables, their version and the numbered steps from one version to the next."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    inspect,
    select,
    text,
    update,
)

VERSION = 2

UPGRADES: Mapping[int, tuple[str, ...]] = {
    2: ("ALTER TABLE findings ADD COLUMN persons_between JSON",),
}
"""Version: the SQL statements that lead to it from the one before."""

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("started", String(40), nullable=False),
    Column("finished", String(40)),
    Column("detector", String(80), nullable=False),
)

run_sources = Table(
    "run_sources",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("source", String(200), primary_key=True),
    Column("kind", String(80), nullable=False),
    Column("country", String(2), nullable=False),
    Column("complete", Boolean, nullable=False),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("source", String(200), nullable=False),
    Column("key", Text, nullable=False),
    Column("part", Text, nullable=False),
    # of key and part: they may be longer than what an index can hold
    Column("digest", String(32), nullable=False),
    Column("status", String(20), nullable=False),
    Column("reason", Text),
    Column("fingerprint", Text),
    Column("detector", String(80), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("sample", JSON),
    Column("read_by", ForeignKey("outcomes.id")),
    UniqueConstraint("run", "source", "digest"),
    Index("outcomes_by_resource", "source", "digest"),
)

findings = Table(
    "findings",
    metadata,
    Column("outcome", ForeignKey("outcomes.id"), primary_key=True),
    Column("location", Text, primary_key=True),
    Column("entity", String(80), primary_key=True),
    Column("matches", BigInteger, nullable=False),
    Column("values", BigInteger, nullable=False),
    Column("read", BigInteger, nullable=False),
    Column("score", Float, nullable=False),
    Column("runner_up", String(80)),
    Column("reasons", JSON, nullable=False),
    Column("months", JSON),
    Column("persons", BigInteger),
    Column("persons_between", JSON),
)

skips = Table(
    "skips",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outcome", ForeignKey("outcomes.id"), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
)


class SchemaError(Exception):
    """The store was made by another version, or is not a store. One line, with the mend."""


def prepare(connection: Connection) -> None:
    """Create the tables in an empty database, or lead an older store up to this version.

    Raises `SchemaError` for a store of a newer version and for a database that holds other tables.
    """
    present = set(inspect(connection).get_table_names())
    if schema_version.name not in present:
        clash = sorted(present & set(metadata.tables))
        if clash:
            raise SchemaError(f"the database holds a table {clash[0]} that is not the store's")
        metadata.create_all(connection)
        connection.execute(insert(schema_version).values(version=VERSION))
        return
    version = connection.execute(select(schema_version.c.version)).scalar_one()
    if version > VERSION:
        raise SchemaError(f"the store has version {version}, made by a newer sparhund; upgrade it")
    for step in range(version + 1, VERSION + 1):
        for statement in UPGRADES[step]:
            connection.execute(text(statement))
        connection.execute(update(schema_version).values(version=step))
