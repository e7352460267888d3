"""The API's warnings as patterns, and what the visitor reads instead."""

EN: dict[str, str] = {}

KO: dict[str, str] = {}
