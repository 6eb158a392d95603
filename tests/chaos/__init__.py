"""Processes are killed, frozen and starved here; jobs must end exactly once all the same.

The package is also a Django app of its own settings: its toy jobs leave traces that can be counted.
"""
