"""Every supported pair of Python and Mesa gives the same people and the same months, to the bit.

The golden hashes are there to notice change: when a rule, a draw or a data file is changed on purpose, run
``python tests/test_pairs.py`` from the project's folder to store the new ones, and add a CHANGELOG line.
"""

import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path

import pytest

from cashless_sim.data import place
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Closure, Settings, Shock
from cashless_sim.population.population import Population, synthesise
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.units import month_number

GOLDEN = Path(__file__).parent / "golden" / "pairs.json"
START = month_number("2020-12")
MONTHS = 12


def small_run(people: Population) -> CashlessModel:
    """A year with all rules, three campaigns, two shocks and a closure; stepped to its end."""
    settings = Settings(
        title="pairs",
        place="hung-yen",
        start=START,
        end=START + MONTHS - 1,
        rules=tuple(rule_named(name)() for name in ORDER),
        campaigns=(
            Campaign("visits", "home-visit", START, START + 9, capacity=40_000),
            Campaign("named", "event-day", START + 2, START + 9, capacity=20_000, seeding="nominated"),
            Campaign("radio", "loudspeaker", START, START + 11),
        ),
        shocks=(
            Shock("covid", "covid", START + 5, START + 9, 0.9, persistence=0.5),
            Shock("scams", "scam", START + 3, START + 6, 0.3),
        ),
        closures=(Closure("counters", "electricity", "COUNTER", START + 1, START + 8),),
    )
    model = CashlessModel(settings, people, seed=20_221_010)
    model.run()
    return model


def hashes() -> dict[str, str]:
    """Return the hash of the people, of the state after the year, and of what was counted."""
    people = synthesise(place("hung-yen"), 500, seed=1)
    digest = hashlib.sha256(people.ids.tobytes())
    for name in sorted(people.columns):
        digest.update(name.encode() + people.columns.stored(name).tobytes())
    digest.update(people.network.indptr.tobytes() + people.network.indices.tobytes())
    model = small_run(people)
    frame = model.frame().to_csv(index=False, float_format="%.9g", lineterminator="\n")
    counted = hashlib.sha256(frame.encode()).hexdigest()
    return {"people": digest.hexdigest(), "state": model.state_hash(), "counted": counted}


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    return hashes()


@pytest.mark.parametrize("what", ["people", "state", "counted"])
def test_this_pair_gives_the_golden_hash(found, what):
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    pair = f"Python {platform.python_version()} with Mesa {version('mesa')}"
    assert found[what] == golden[what], f"{what} of {pair}; if on purpose: python tests/test_pairs.py"


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(hashes(), indent=2) + "\n", encoding="utf-8", newline="\n")
    print(GOLDEN.read_text(encoding="utf-8"))
