"""Slides of finished runs in one file that needs no internet."""
