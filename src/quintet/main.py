"""The API's wiring: settings in, an application out; no I/O until it starts."""
