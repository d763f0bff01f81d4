"""The database connection: what ends it is found out before a request suffers from it."""

from __future__ import annotations

import psycopg
import pytest
from django.core import signals
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from jangteo.project.database import connect_params


def _end_from_outside(process_id: int) -> None:
    with psycopg.connect(**connect_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process_id])


@pytest.mark.usefixtures("committed_db")
def test_a_connection_is_known_to_be_alive_without_asking_the_server(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    connection.ensure_connection()

    with django_assert_num_queries(0):
        assert connection.is_usable()


@pytest.mark.usefixtures("committed_db")
def test_a_connection_that_the_server_ended_is_replaced_before_the_next_request() -> None:
    connection.ensure_connection()
    first = connection.connection.info.backend_pid

    _end_from_outside(first)
    signals.request_started.send(sender=None)
    connection.close_if_health_check_failed()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() != (first,)
