"""The matrix of addresses, one module for each app.

A new page, list, export or API route gets a line in its app's module (docs/accounts.md).
"""
