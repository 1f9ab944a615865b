"""What is computed on finished runs, each analysis in a file of its own."""
