"""Where do migrations run? On the connection that the store holds, inside its transaction and under its lock."""

from alembic import context

from landwaiter.cases.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
