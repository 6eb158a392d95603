"""A county's existing state: a ledger or a short sheet becomes organizations and links."""
