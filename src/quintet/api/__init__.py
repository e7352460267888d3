"""The HTTP API: routes, schemas, the model it holds, and how errors are answered."""
