"""Backups of the whole installation: database, files, keys; proven by restoring them."""
