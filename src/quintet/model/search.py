"""Search over the artifact: a query in, tracks out, best match first."""
