"""The JSON Schema drawn from the model."""

from __future__ import annotations

import json

from minutes_parser.model import SCHEMA_VERSION, Minutes


def json_schema() -> str:
    """JSON Schema (2020-12) of a document, indented, with a line feed at the end; the same text on every run."""
    schema = Minutes.model_json_schema(mode="serialization", by_alias=True)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:minutes-parser:minutes:{SCHEMA_VERSION.split('.')[0]}",
        "version": SCHEMA_VERSION,
    }
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"
