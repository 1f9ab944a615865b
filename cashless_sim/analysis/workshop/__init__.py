"""A workshop's proposals: eight choices priced in chips, scored on the model on common luck."""
