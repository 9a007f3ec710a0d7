"""MODELS: how Alembic runs here: inside the transaction `Database.migrate` opened, or by hand for a new migration.

Never opens a transaction of its own when it was given a connection: one killed half-way must leave the old schema.
"""

from alembic import context
from sqlmodel import SQLModel

import models  # noqa: F401  (registers every table)
from models.database import Database
from settings import settings


def run(connection: object) -> None:
    """Run the migrations asked for on this connection."""
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_server_default=True,
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    database = Database(settings().database)
    with database._writer.begin() as own:
        run(own)
