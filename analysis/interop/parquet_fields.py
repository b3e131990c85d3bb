"""Fields of Parquet files that say their unit and meaning."""

import pyarrow as pa

from analysis.interop.meanings import meaning


def described(table: str, schema: pa.Schema) -> pa.Schema:
    """Return a schema whose fields have `unit` and `description` as metadata; values stay."""
    fields = []
    for field in schema:
        found = meaning(table, field.name)
        said = {"description": found.text} | ({"unit": found.unit} if found.unit else {})
        fields.append(field.with_metadata(said))
    return pa.schema(fields, metadata=schema.metadata)
