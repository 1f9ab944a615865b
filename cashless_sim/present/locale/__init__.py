"""Sentences for readers in English and Vietnamese."""
