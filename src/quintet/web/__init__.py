"""The page: speaks HTTP to the API and imports nothing else of Quintet but its settings."""
