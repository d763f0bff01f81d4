"""Django's PostgreSQL backend, which here asks the connection and not the server whether it is still alive."""

from __future__ import annotations

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus

# The first reads what the server said as it closed, the second finds that it did.
_READS = 2


class DatabaseWrapper(base.DatabaseWrapper):
    """The server is on this machine, so a connection that it has closed says so by itself, without a round trip."""

    def is_usable(self) -> bool:
        """False when the server has ended the connection or the transaction has failed. Asked once for each request."""
        if self.connection is None or self.connection.closed:
            return False
        line = self.connection.pgconn
        try:
            for _ in range(_READS):
                line.consume_input()
        except psycopg.OperationalError:
            return False
        return bool(line.status == ConnStatus.OK and line.transaction_status != TransactionStatus.INERROR)
