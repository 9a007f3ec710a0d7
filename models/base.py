"""MODELS: what every table shares: names of constraints, coded columns, the present time.

Comes in: nothing. Goes out: small helpers for the table files. Never opens a connection.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def coded(values: type[StrEnum]) -> Any:
    """A text column that holds the values of an enum and gives its members back.

    Plain text in the database (no PostgreSQL enum type), so a new value needs no migration.
    """
    return Enum(values, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e])


def utc_now() -> datetime:
    """The machine's present time, aware, in UTC."""
    return datetime.now(UTC)
