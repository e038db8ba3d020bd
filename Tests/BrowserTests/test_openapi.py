# SPDX-License-Identifier: GPL-2.0-or-later
"""The OpenAPI description of the commands."""
import json

from openapi_spec_validator import OpenAPIV31SpecValidator

from server import HV


def test_the_description_is_valid_openapi_and_has_every_command(server):
    description = json.loads(server.get("/openapi.json").body)
    assert description["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()] == []
    described = {operation["operationId"] for path in description["paths"].values() for method, operation in path.items() if method == "post"}
    commands = {command.get("name") for command in server.get("/commands").xml.iter(f"{HV}command")}
    assert {name.removesuffix("ByPOST") for name in described} == commands | {"login", "logout"}
