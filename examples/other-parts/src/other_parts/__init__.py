"""Parts of one's own for cashless_sim, one file each."""
