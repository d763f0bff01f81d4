"""What every operation says about its errors and headers in the OpenAPI document."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import TypeAdapter

from jangteo.faces.api.problems import MEDIA_TYPE, Problem
from jangteo.kernel.idempotency import KEPT_DAYS

Json = dict[str, object]

# Names of our own: the phrases of HTTPStatus differ between versions of Python.
SHARED = {
    HTTPStatus.BAD_REQUEST: ("NotRead", "The body is not JSON, or the Idempotency-Key is missing"),
    HTTPStatus.UNAUTHORIZED: ("NoToken", "No token, or one that is unknown or revoked"),
    HTTPStatus.FORBIDDEN: ("OtherToken", "A token of another kind or of another market"),
    HTTPStatus.NOT_FOUND: ("NothingHere", "Nothing here that this caller may see"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("OtherMethod", "Another method than those in the Allow header"),
    HTTPStatus.CONFLICT: ("NotNow", "Not now, not in this state: look again, then ask again"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("TooLarge", "The body is too large"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("OtherMediaType", "The body is not application/json"),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("Invalid", "The request can never work as it stands"),
    HTTPStatus.TOO_MANY_REQUESTS: ("TooOften", "Too often; Retry-After says when to come back"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Busy", "The database does not answer; come back in a moment"),
}
_HEADERS: dict[HTTPStatus, dict[str, Json]] = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": {"required": True, "schema": {"const": "Bearer", "type": "string"}}},
    HTTPStatus.METHOD_NOT_ALLOWED: {"Allow": {"required": True, "schema": {"type": "string"}}},
    HTTPStatus.TOO_MANY_REQUESTS: {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}},
    HTTPStatus.CONFLICT: {"Retry-After": {"schema": {"type": "integer", "minimum": 1}}},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}},
}
_ALWAYS = (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.SERVICE_UNAVAILABLE)
_WITH_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
_WITH_BODY = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.UNPROCESSABLE_ENTITY)

IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[!-~]{8,100}$"},
    "description": f"Any text of your own for this order, such as a UUID. Kept {KEPT_DAYS} days: the same key with the "
    "same body gives the same answer and orders once; with another body, or while the first still runs, 409.",
    "example": "b0d0c6de-5f6b-4a0f-9f0c-6b1f0c2a7d11",
}


def errors(*statuses: HTTPStatus, token: bool = False, body: bool = False, **more: object) -> Json:
    """`openapi_extra` with these errors, those of every operation, and those that a token or a body bring."""
    wanted = {*statuses, *_ALWAYS, *(_WITH_TOKEN if token else ()), *(_WITH_BODY if body else ())}
    responses = {status.value: {"$ref": f"#/components/responses/{SHARED[status][0]}"} for status in sorted(wanted)}
    return {"responses": responses, **more}


def components() -> Json:
    """The shared error responses and the problem document, for the document's components."""
    problem = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    shared = problem.pop("$defs")
    return {
        "responses": {name: _response(status, words) for status, (name, words) in SHARED.items()},
        "schemas": {**shared, "Problem": problem},
    }


def _response(status: HTTPStatus, words: str) -> Json:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    described: Json = {"description": words, "content": content}
    if status in _HEADERS:
        described["headers"] = _HEADERS[status]
    return described
