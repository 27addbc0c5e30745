"""The OpenAPI 3.1 document, read off the declarations of the endpoints, and its page."""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import orjson
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Flask, Response, current_app, render_template
from marshmallow import Schema, fields

from resettle.web import paging
from resettle.web.api import Endpoint

PATH_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
ERRORS: Mapping[int, str] = {
    400: "The request is malformed",
    401: "Nobody is signed in",
    403: "The reader may not do this",
    404: "There is no such record in the reader's scope",
    409: "The act no longer fits the state of the record",
    412: "The record has changed since its ETag was read",
    413: "The body is too large",
    415: "The content type is not taken here",
    422: "Some fields are not right; each is named in errors",
    428: "If-Match is missing",
    429: "A limit was reached",
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "the number of the request"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "missing": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/api/openapi.json")
def document() -> Response:
    """Serve the description of the whole API."""
    spec: Callable[[], APISpec] = current_app.extensions["openapi"]
    return Response(orjson.dumps(spec().to_dict()), content_type="application/json")


@blueprint.get("/api/docs")
def docs() -> str:
    """Show the description in Swagger UI, served from here."""
    return render_template("api_docs.html")


document.permission = docs.permission = None  # type: ignore[attr-defined]  # open to all


def init_app(app: Flask) -> None:
    """Describe every endpoint that the application has, once somebody asks for it."""
    app.register_blueprint(blueprint)
    app.extensions["openapi"] = cache(partial(describe, app))


def describe(app: Flask) -> APISpec:
    spec = APISpec(
        title="resettle",
        version="1",
        openapi_version="3.1.0",
        info={"description": "Refugee households, sponsor groups, placements and milestones."},
        plugins=[MarshmallowPlugin(schema_name_resolver=_schema_name)],
    )
    spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "rs"})
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Problem", PROBLEM)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        declared = getattr(app.view_functions[rule.endpoint], "declared", None)
        if declared is not None:
            operation = _operation(rule.rule, rule.endpoint, declared)
            spec.path(_path(rule.rule), operations={declared.method.lower(): operation})
    return spec


def _schema_name(schema: Any) -> str:
    """Name a schema with its chapter, since each chapter has its own word for an entry."""
    kind = schema if isinstance(schema, type) else type(schema)
    chapter = kind.__module__.split(".")[1]
    return f"{chapter}.{kind.__name__.removesuffix('Schema').removesuffix('Shape')}"


def _path(rule: str) -> str:
    return PATH_PARAMETER.sub(r"{\2}", rule)


def _operation(rule: str, endpoint: str, declared: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.replace(".", "_"),
        "summary": declared.summary,
        "tags": [endpoint.split(".", maxsplit=1)[0].removesuffix("_api")],
        "x-permission": str(declared.permission),
        "security": [{"session": []}, {"token": []}],
        "parameters": [*_path_parameters(rule), *_headers(declared), *_query(declared)],
        "responses": _responses(declared),
    }
    body = _body(declared)
    return operation if body is None else {**operation, "requestBody": body}


def _path_parameters(rule: str) -> list[dict[str, Any]]:
    kinds = {"uuid": {"type": "string", "format": "uuid"}, "int": {"type": "integer"}}
    return [
        {
            "in": "path",
            "name": name,
            "required": True,
            "schema": kinds.get(kind, {"type": "string"}),
        }
        for kind, name in PATH_PARAMETER.findall(rule)
    ]


def _headers(declared: Endpoint) -> list[dict[str, Any]]:
    headers = []
    if declared.replayed:
        schema = {"type": "string", "minLength": 8, "maxLength": 200}
        headers.append(("Idempotency-Key", schema))
    if declared.versioned:
        headers.append(("If-Match", {"type": "string", "examples": ['"3"']}))
    return [{"in": "header", "name": n, "required": True, "schema": s} for n, s in headers]


def _query(declared: Endpoint) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = []
    if declared.sorts is not None:
        offered = paging.names(declared.sorts)
        names = [*offered, *(f"-{name}" for name in offered)]
        parameters += [
            {"in": "query", "name": "sort", "schema": {"type": "string", "enum": names}},
            {"in": "query", "name": "cursor", "schema": {"type": "string"}},
            {
                "in": "query",
                "name": "limit",
                "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
            },
        ]
    if declared.filters is not None:
        parameters += [
            {"in": "query", "name": name, "schema": _json_type(field)}
            for name, field in declared.filters.load_fields.items()
        ]
    return parameters


def _json_type(field: fields.Field[Any]) -> dict[str, Any]:
    if isinstance(field, fields.Boolean):
        return {"type": "boolean"}
    if isinstance(field, fields.Integer):
        return {"type": "integer"}
    if isinstance(field, fields.Enum):
        return {"type": "string", "enum": [member.value for member in field.enum]}
    choices = getattr(field, "choices", None)
    return {"type": "string", "enum": list(choices)} if choices else {"type": "string"}


def _body(declared: Endpoint) -> dict[str, Any] | None:
    if declared.uploads:
        file = {"type": "array", "items": {"type": "string", "format": "binary"}}
        told = declared.body.load_fields if declared.body is not None else {}
        required = ["file", *(name for name, field in told.items() if field.required)]
        properties = {"file": file, **{name: _json_type(field) for name, field in told.items()}}
        schema = {"type": "object", "required": required, "properties": properties}
        return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    if declared.body is None:
        return None
    needed = any(field.required for field in declared.body.load_fields.values())
    return {"required": needed, "content": {"application/json": {"schema": declared.body}}}


def _responses(declared: Endpoint) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done" if declared.method != "GET" else "Found"}
    if declared.returns is not None:
        answer["content"] = {"application/json": {"schema": _answer_schema(declared)}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {
        str(status): {"description": text, "content": problem}
        for status, text in ERRORS.items()
        if _can_answer(declared, status)
    }
    done = {str(declared.status): answer}
    if declared.uploads:
        done["202"] = {**answer, "description": "Taken in, and still being checked"}
    return {**done, **refusals}


def _can_answer(declared: Endpoint, status: int) -> bool:
    match status:
        case 412 | 428:
            return declared.versioned
        case 409 | 413 | 415:
            return declared.method != "GET"
        case _:
            return True


def _answer_schema(declared: Endpoint) -> Any:
    shape: Schema | None = declared.returns
    if declared.sorts is None and not declared.many:
        return shape
    properties: dict[str, Any] = {"items": {"type": "array", "items": shape}}
    if declared.sorts is not None:
        properties["next"] = {"type": ["string", "null"]}
    return {"type": "object", "required": ["items"], "properties": properties}
