"""Search engines: one protocol, and an engine for each way to run."""
