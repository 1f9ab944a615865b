"""Turns rule text into machine code: lower one rule, assemble a month, compile, remember."""
