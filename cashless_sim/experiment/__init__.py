"""Runs many models: designs, ensembles, and what remembers them."""
