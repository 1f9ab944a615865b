"""Everything a person sees: words, figures, tables, the command line."""
