"""The Mesa model: households, institutions, the month, and what is counted."""
