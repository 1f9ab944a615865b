"""The explorer: every combination of a few choices really simulated, and shown on one page without Python."""
