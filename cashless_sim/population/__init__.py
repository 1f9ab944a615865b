"""The people of a place: columns, synthesis, contacts."""
