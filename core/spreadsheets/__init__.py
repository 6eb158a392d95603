"""Guarded reading of uploaded sheets, and writing of sheets for the desk; without Django."""
