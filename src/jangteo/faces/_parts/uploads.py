"""How much a single request may upload."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

# Well above what any form takes, so that each of them can say in its own words what is too large for it.
MOST_BYTES = 60_000_000


class Measured(FileUploadHandler):
    """Stands before the handlers that store, and stops a request that would fill memory or the disk."""

    _received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the data on. Raises RequestDataTooBig when all files of the request together are too large."""
        self._received += len(raw_data)
        if self._received > MOST_BYTES:
            raise RequestDataTooBig(f"more than {MOST_BYTES} bytes of files")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing is kept here: the next handler does that."""
