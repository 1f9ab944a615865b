"""The workshop for a hall: forms keyed and read, the scoreboard, papers to print."""
