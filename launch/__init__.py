"""Starts and stops what the application runs on: engines, processes, tests."""
