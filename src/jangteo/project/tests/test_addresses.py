from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from jangteo.project import addresses

HERE = "127.0.0.1"


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server((HERE, 0)) as server:
        yield server.getsockname()[1]


def test_port_of_a_listening_program_is_not_free(busy_port: int) -> None:
    assert not addresses.is_free(HERE, busy_port)
    assert not addresses.is_free("0.0.0.0", busy_port)


def test_next_free_port_skips_busy_and_reserved_ones(busy_port: int) -> None:
    found = addresses.next_free(HERE, busy_port, taken=(busy_port + 1, None))

    assert found is not None
    assert found > busy_port + 1
    assert addresses.is_free(HERE, found)


@pytest.mark.parametrize("port", [-1, 65536])
def test_number_that_is_no_port_is_not_free(port: int) -> None:
    assert not addresses.is_free(HERE, port)


def test_no_port_after_the_last() -> None:
    assert addresses.next_free(HERE, 65536) is None
