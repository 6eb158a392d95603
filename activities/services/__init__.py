"""Writes about activities: planning, recording, reviewing."""
