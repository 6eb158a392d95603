"""Requests of enterprises: heard, accepted, handed on, answered, confirmed by the enterprise."""
