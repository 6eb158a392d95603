"""Pages that judge facts: register with coverage, board, ledgers."""
