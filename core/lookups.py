"""A lookup that Django lacks: one of many keys, handed to the database as one array."""

from typing import Any

from django.db.models import BigAutoField, Lookup


@BigAutoField.register_lookup
class OneOf(Lookup):
    """`pk__one_of=[…]`: as `in`, but thousands of keys are one value and may be none at all."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s::bigint[])", (*params, list(self.rhs))
