"""Starsim's step of a disease that is caught and kept: per agent, beside our full month per household.

Not the same work: only contagion along nine lasting ties, a draw for each tie to a carrier. Run by another Python.
"""

import sys

import starsim as ss
from talk import serve


def main() -> None:
    """Build the people and step when told."""
    n = int(sys.argv[1])
    carried = ss.SIR(beta=ss.permonth(0.03), dur_inf=ss.years(1e6), p_death=0, init_prev=0.05)
    ties = ss.RandomNet(n_contacts=9, dur=ss.years(1e6))
    sim = ss.Sim(
        n_agents=n, diseases=carried, networks=ties, dt=ss.month, start="2020-01-01", stop="2040-12-31", verbose=0
    )
    sim.init()
    serve(sim.run_one_step, lambda: int(sim.diseases.sir.infected.sum()), f"starsim {ss.__version__}", n)


if __name__ == "__main__":
    main()
