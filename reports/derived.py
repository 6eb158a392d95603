"""Querysets over a SELECT: rows that are computed for one question and stored nowhere."""

from typing import Any

from django.db import models
from django.db.models.sql import Query
from django.db.models.sql.datastructures import BaseTable

Statement = tuple[str, tuple[Any, ...]]


class _Derived(BaseTable):
    """A parenthesised SELECT in the place of a table's name."""

    statement: Statement

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.statement
        alias = compiler.quote_name_unless_alias(self.table_alias or self.table_name)
        return f"({sql}) {alias}", params


class DerivedQuery(Query):
    """A query whose first table is the statement; filters, joins and counts work on it as ever."""

    def __init__(self, model: type[models.Model], statement: Statement) -> None:
        super().__init__(model)
        self.base_table_class = type("Derived", (_Derived,), {"statement": statement})


def rows_of(model: type[models.Model], statement: Statement) -> models.QuerySet[Any]:
    """The statement's rows as objects of an unmanaged model; its columns are the model's."""
    return model._default_manager.get_queryset().__class__(
        model=model, query=DerivedQuery(model, statement)
    )


def compiled(queryset: models.QuerySet[Any]) -> Statement:
    """A queryset as a statement that can stand in a FROM clause."""
    sql, params = queryset.query.sql_with_params()
    return sql, tuple(params)
