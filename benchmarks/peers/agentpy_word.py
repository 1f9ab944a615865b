"""AgentPy's word of mouth: one object a household, loops over its neighbours. Run by another Python."""

import sys

import agentpy as ap
import numpy as np
from talk import serve


class Home(ap.Agent):
    """A household."""

    def look(self):
        """Count the contacts who pay and who know, before anyone moves."""
        paying = informed = 0
        for other in self.neighbours:
            paying += other.pays
            informed += other.knows
        self.paying, self.informed = paying, informed

    def live(self):
        """Know from the first contact on; forget without use."""
        model = self.model
        silent = model.quiet_payer[self.paying] * model.quiet_other[max(self.informed - self.paying, 0)]
        if self.knows and not self.pays and model.forgets[self.row] < 0.10:
            self.knows = False
        if model.hears[self.row] < 1.0 - silent:
            self.knows = True


class Village(ap.Model):
    """All households of the job."""

    def setup(self):
        """Make the objects and tie them."""
        job = self.p.job
        self.homes = ap.AgentList(self, len(job["pays"]), Home)
        indptr, indices, pays = job["indptr"].tolist(), job["indices"].tolist(), job["pays"].tolist()
        self.quiet_payer = [0.70**k for k in range(256)]
        self.quiet_other = [0.97**k for k in range(256)]
        homes = list(self.homes)
        for row, home in enumerate(homes):
            home.row, home.pays, home.knows = row, pays[row], pays[row]
            home.neighbours = [homes[other] for other in indices[indptr[row] : indptr[row + 1]]]

    def step(self):
        """One month."""
        self.hears = self.p.job[f"hears_{self.t}"].tolist()
        self.forgets = self.p.job[f"forgets_{self.t}"].tolist()
        self.homes.look()
        self.homes.live()
        self.t += 1


def main() -> None:
    """Build the people and step when told."""
    with np.load(sys.argv[1]) as job:
        model = Village({"job": dict(job)})
    model.sim_setup(steps=10**6)
    model.t = 0
    count = lambda: sum(home.knows for home in model.homes)  # noqa: E731
    serve(model.step, count, f"agentpy {ap.__version__}", len(model.homes))


if __name__ == "__main__":
    main()
