"""The stages of a household's month, and the compiler that runs them."""
