"""The census: reading, matching, writing, undoing."""
