"""Other ways to do the same month, each in a file: what the product is held against."""
