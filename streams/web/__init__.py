"""The page that a worker serves: the latest statements, and whether the worker is well."""
