# SPDX-License-Identifier: GPL-2.0-or-later
"""The OpenAPI description of the commands."""
import json

from jsonschema import Draft202012Validator
from jsonschema.validators import SPECIFICATIONS
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v31
from referencing.jsonschema import DRAFT202012

from server import HV


class Validator(OpenAPIV31SpecValidator):
    """The same with all schemas gone through beforehand: else they are, whole, for each reference again."""

    registry = SPECIFICATIONS.with_resource(schema_v31["$id"], DRAFT202012.create_resource(dict(schema_v31))).crawl()
    schema_validator = Draft202012Validator({"$ref": schema_v31["$id"]}, registry=registry)


def wrong(description: dict) -> list[str]:
    return [error.message for error in Validator(description).iter_errors()]


def test_the_description_is_valid_openapi_and_has_every_command(server):
    description = json.loads(server.get("/openapi.json").body)
    assert description["openapi"].startswith("3.1.")
    assert wrong(description) == []
    described = {operation["operationId"] for path in description["paths"].values() for method, operation in path.items() if method == "post"}
    commands = {command.get("name") for command in server.get("/commands").xml.iter(f"{HV}command")}
    assert {name.removesuffix("ByPOST") for name in described} == commands | {"login", "logout"}
    # What is wrong deep within would be found.
    operation = next(iter(description["paths"].values()))["post"]
    description["paths"] = {"/one": {"post": {**operation, "parameters": [{"name": "one", "in": "query", "schema": {"type": "nonesuch"}}]}}}
    assert any("nonesuch" in message for message in wrong(description))
