"""mesa-frames' word of mouth: a table of households, contacts by a join and a group-by. Run by another Python."""

import sys
from importlib.metadata import version

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from talk import serve


class Homes(AgentSetPolars):
    """All households as one table."""

    def __init__(self, model: ModelDF, job: dict) -> None:
        super().__init__(model)
        n = len(job["pays"])
        ids = np.arange(n, dtype=np.int64)
        self.add(pl.DataFrame({"unique_id": ids, "pays": job["pays"], "knows": job["pays"]}))
        source = np.repeat(ids, np.diff(job["indptr"]))
        self.ties = pl.DataFrame({"row": source, "other": job["indices"].astype(np.int64)})

    def step(self) -> None:
        """One month for everyone."""
        told = (
            self.ties.lazy()
            .join(self.agents.lazy().select("unique_id", "pays", "knows"), left_on="other", right_on="unique_id")
            .group_by("row")
            .agg(pl.col("pays").sum().alias("paying"), pl.col("knows").sum().alias("informed"))
        )
        hears, forgets = (pl.Series(self.model.luck(name)) for name in ("hears", "forgets"))
        paying = pl.col("paying").fill_null(0).cast(pl.Float32)
        others = (pl.col("informed").fill_null(0).cast(pl.Float32) - paying).clip(0)
        silent = pl.lit(0.70).pow(paying) * pl.lit(0.97).pow(others)
        keeps = pl.col("knows") & (pl.col("pays") | (pl.col("forgets") >= 0.10))
        self.agents = (
            self.agents.lazy()
            .with_columns(hears=hears, forgets=forgets)
            .join(told, left_on="unique_id", right_on="row", how="left", maintain_order="left")
            .with_columns(knows=keeps | (pl.col("hears") < 1.0 - silent))
            .select("unique_id", "pays", "knows")
            .collect()
        )


class Village(ModelDF):
    """All households of the job."""

    def __init__(self, job: dict) -> None:
        super().__init__()
        self.job, self.month = job, 0
        self.homes = Homes(self, job)
        self.agents += self.homes

    def luck(self, name: str) -> np.ndarray:
        """Return this month's luck."""
        return self.job[f"{name}_{self.month}"]

    def step(self) -> None:
        """One month."""
        self.agents.do("step")
        self.month += 1


def main() -> None:
    """Build the people and step when told."""
    with np.load(sys.argv[1]) as job:
        model = Village(dict(job))
    [homes] = model.agents._agentsets
    serve(model.step, lambda: int(homes.agents["knows"].sum()), f"mesa-frames {version('mesa-frames')}", len(homes))


if __name__ == "__main__":
    main()
