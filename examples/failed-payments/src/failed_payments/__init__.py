"""Rules about failed payments and scams, for use with cashless_sim."""
