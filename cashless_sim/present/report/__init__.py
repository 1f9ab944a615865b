"""Reports of finished runs: what was asked, what came out, what may not be concluded."""
