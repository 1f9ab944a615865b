"""Sliders in a notebook that really simulate: a plan is changed, and what it does is there in seconds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from cashless_sim.errors import CashlessError, Unsupported, UserError
from cashless_sim.experiment.writing import whole
from cashless_sim.present.explore.design import CASH, END, START, WHOM
from cashless_sim.present.explore.live import OWN, Live
from cashless_sim.present.explore.origin import plan_text
from cashless_sim.present.explore.turn import Turn
from cashless_sim.present.locale.errors import explain
from cashless_sim.present.locale.explore import told
from cashless_sim.present.locale.sentences import LANGUAGES, number
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.widgets_figure import image, sentence
from cashless_sim.present.widgets_words import lamps, outcome
from cashless_sim.rules.campaigns import CHANNELS, Campaign
from cashless_sim.scenario.recipe import Scenario

CHANNELS_OFFERED = ("digital-team", "help-desk", "event-day", "class", "account-drive", "loudspeaker", "sms")
SIZES = (100, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000)
INTENSITIES = (5, 10, 20, 30, 50, 75, 100)
MONTHS: dict[str, tuple[int, ...]] = {"year": (), "june": (6,), "october": (10,)}
UNTIL = ("2027-12", "2028-12", "2030-12")
NOTHING = ""
PLANS = {  # channel, whom, months, contacts a month
    "": (NOTHING, "any", "year", 1_000),
    "02a": ("event-day", "any", "october", 32_000),
    "03a": ("digital-team", "any", "year", 1_000),
    "03c": ("digital-team", "old", "year", 1_000),
    "03d": ("digital-team", "poor", "year", 1_000),
    "04a": ("help-desk", "any", "year", 4_000),
    "04d": ("loudspeaker", "any", "year", 100),
}
"""Plans to begin with: the nearest sizes of the shipped ones in their first year."""


def explore(
    scenario: str | Scenario = "hung-yen",
    households: int | None = 20_000,
    draws: int = 6,
    seed: int = 1,
    until: str = "2028-12",
    language: str | None = None,
    file: str | os.PathLike[str] = "plan.toml",
) -> Explorer:
    """Return sliders (ipywidgets) with which a plan for 2027 is made, simulated against ``scenario``, and saved.

    ``draws`` draws of the uncertain numbers are run up to 2027 once; each change then runs ``households`` households
    from there to ``until`` in all draws. ``file`` is where the button saves the plan. Raises `Unsupported` without
    ipywidgets, `BadValue` and what the scenario raises.
    """
    tongue = spoken(language)
    _ipywidgets()
    base = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    live = Live(base, households, draws, seed, max(until, UNTIL[-1]))
    return Explorer(live, until, tongue, Path(file))


class Explorer:
    """The widgets of one exploration: controls, the figure, the outcome, and who simulates."""

    def __init__(self, live: Live, until: str, tongue: str, file: Path) -> None:
        """Make the widgets, prepare the draws and show the first plan."""
        self._w = w = _ipywidgets()
        self.live, self.tongue, self.file = live, tongue, file
        self._labels: list[tuple[Any, str]] = []
        wide = {"style": {"description_width": "130px"}, "layout": {"width": "420px"}}
        self.language = w.ToggleButtons(options=[("Tiếng Việt", "vi"), ("English", "en")], value=tongue)
        self.start = self._named(w.Dropdown(options=self._plans(), value="03a", **wide), "live.scenario")
        choices = sorted({*UNTIL, until})
        self.until = self._named(w.Dropdown(options=choices, value=until, **wide), "live.until")
        self.campaigns = [_Controls(self, wide) for _ in OWN]
        self.save = self._named(w.Button(icon="save", layout={"width": "200px"}), "live.save")
        self.status, self.shown, self.told, self.trust = (w.HTML() for _ in range(4))
        self.sentence = ""
        self._turn = Turn(self._simulate)
        self._set(self.start.value)
        self._listen()
        rows = [w.VBox(one.widgets) for one in self.campaigns]
        head = w.HBox([self.language, self.save])
        body = [head, w.HBox([self.start, self.until]), w.HBox(rows), self.status, self.shown, self.told, self.trust]
        self.widget = w.VBox(body)
        self._begin()

    def _repr_mimebundle_(self, **told_: Any) -> Any:
        """Show the widgets where they can be shown, a few words elsewhere."""
        made = self.widget._repr_mimebundle_(**told_)
        data = made[0] if isinstance(made, tuple) else made
        return {**(data or {}), "text/plain": told("live.alt", self.tongue, sentence=self.sentence)}

    def still(self) -> Still:
        """Return what the widgets show at this moment, to be kept in a notebook without them."""
        return Still(self.shown.value + self.told.value + self.trust.value, self.sentence)

    # -- widgets ------------------------------------------------------------------------------------------------
    def _named(self, widget: Any, key: str) -> Any:
        """Return a widget that is called by a sentence in whichever language is spoken."""
        self._labels.append((widget, key))
        widget.description = told(key, self.tongue)
        return widget

    def _plans(self) -> list[tuple[str, str]]:
        return [(_plan_title(key, self.tongue), key) for key in PLANS]

    def _listen(self) -> None:
        self.language.observe(self._speak, "value")
        self.start.observe(self._begin_with, "value")
        self.until.observe(self._ask, "value")
        for one in self.campaigns:
            for control in one.widgets:
                control.observe(self._ask, "value")
        self.save.on_click(lambda _: self._save())

    def _begin(self) -> None:
        """Prepare the draws, then show the plan before the first change."""
        facts = {
            "draws": self.live.drawing.draws,
            "households": number(self.live.base.recipe.place.households or 0, "vi"),
        }
        self.status.value = told("live.preparing", self.tongue, **facts)
        self._turn.now(self._plan())

    # -- what is asked --------------------------------------------------------------------------------------------
    def _plan(self) -> tuple[list[Campaign], str]:
        made = [one.campaign(name) for one, name in zip(self.campaigns, OWN, strict=True)]
        return [one for one in made if one is not None], str(self.until.value)

    def _ask(self, change: Any = None) -> None:
        """Simulate the plan as it stands now, unless another change comes first."""
        if not self._turn.is_held:
            self.status.value = told("live.working", self.tongue)
            self._turn.soon(self._plan())

    def _begin_with(self, change: Any) -> None:
        """Take up a shipped plan, unless the names of plans change."""
        if not self._turn.is_held and change["new"] is not None:
            self._set(change["new"])

    def _set(self, plan: str) -> None:
        """Fill the controls with a shipped plan, as one change."""
        channel, whom, months, size = PLANS[plan]
        with self._turn.held():
            self.campaigns[0].fill(channel, whom, months, size)
            self.campaigns[1].fill(NOTHING, "any", "year", 1_000)
        self._ask()

    def _speak(self, change: Any) -> None:
        """Say everything in the other language."""
        self.tongue = change["new"]
        with self._turn.held():
            for widget, key in self._labels:
                widget.description = told(key, self.tongue)
            kept = self.start.value
            self.start.options = self._plans()
            self.start.value = kept
            for one in self.campaigns:
                one.speak()
        self._ask()

    # -- what is shown --------------------------------------------------------------------------------------------
    def _simulate(self, plan: tuple[list[Campaign], str]) -> None:
        """Simulate and show; what goes wrong is said in the widget."""
        tongue = self.tongue
        try:
            lived, seconds = self._turn.timed(lambda: self.live.lived(*plan))
            shown, said, trust = image(lived, tongue), outcome(lived, tongue), lamps(lived, tongue)
        except CashlessError as error:
            self.status.value = f'<p style="color:#B3261E">{escape(explain(error, tongue))}</p>'
            return
        self.shown.value, self.told.value, self.trust.value = shown, said, trust
        self.sentence = sentence(lived, tongue)
        households = number(int(lived.runs.table["households"].min()), tongue)
        facts = {"draws": self.live.drawing.draws, "households": households, "seconds": number(seconds, tongue, 1)}
        self.status.value = told("live.took", tongue, **facts)

    def _save(self) -> None:
        """Write the plan as TOML, and say where."""
        titles = {one: told("live.title", one) for one in LANGUAGES}
        try:
            scenario = self.live.plan(self._plan()[0])
            text = plan_text(scenario, self.live.base, titles)
            whole(self.file, lambda part: _put(part, text))
        except UserError as error:
            self.status.value = f'<p style="color:#B3261E">{escape(explain(error, self.tongue))}</p>'
            return
        self.status.value = told("live.saved", self.tongue, file=escape(self.file.name))


@dataclass(frozen=True)
class Still:
    """What the widgets showed at one moment."""

    html: str
    sentence: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.sentence


class _Controls:
    """The controls of one campaign: channel, whom it is for, months, contacts or intensity."""

    def __init__(self, explorer: Explorer, wide: dict[str, Any]) -> None:
        w = explorer._w
        self._explorer = explorer
        self.channel = explorer._named(w.Dropdown(options=self._channels(), value=NOTHING, **wide), "live.channel")
        self.whom = explorer._named(w.Dropdown(options=self._whom(), value="any", **wide), "live.whom")
        self.months = explorer._named(w.Dropdown(options=self._months(), value="year", **wide), "live.months")
        late = {"continuous_update": False}
        sizes = [(number(one, "vi"), one) for one in SIZES]
        self.size = explorer._named(w.SelectionSlider(options=sizes, value=1_000, **late, **wide), "live.size")
        shares = [(f"{one}", one) for one in INTENSITIES]
        self.share = explorer._named(w.SelectionSlider(options=shares, value=100, **late, **wide), "live.intensity")
        self.widgets: Sequence[Any] = (self.channel, self.whom, self.months, self.size, self.share)
        self.channel.observe(lambda change: self._fit(), "value")
        self._fit()

    def _fit(self) -> None:
        """Show the slider that the channel has: contacts where people do the reaching, else the intensity."""
        people = self.channel.value == NOTHING or CHANNELS[self.channel.value].people_run
        self.size.layout.display, self.share.layout.display = ("", "none") if people else ("none", "")

    def fill(self, channel: str, whom: str, months: str, size: int) -> None:
        """Set the controls."""
        self.channel.value, self.whom.value, self.months.value, self.size.value = channel, whom, months, size
        self._fit()

    def speak(self) -> None:
        """Name the choices in the language that is spoken now."""
        for control, options in (
            (self.channel, self._channels()),
            (self.whom, self._whom()),
            (self.months, self._months()),
        ):
            kept = control.value
            control.options = options
            control.value = kept

    def campaign(self, name: str) -> Campaign | None:
        """Return the campaign that the controls describe, None for nothing."""
        channel = self.channel.value
        if channel == NOTHING:
            return None
        people = CHANNELS[channel].people_run
        size: dict[str, Any] = {"capacity": self.size.value} if people else {"intensity": self.share.value / 100}
        target = {**CASH, **WHOM[self.whom.value]}
        return Campaign(name, channel, START, END, target=target, months=MONTHS[self.months.value], **size)

    def _channels(self) -> list[tuple[str, str]]:
        tongue = self._explorer.tongue
        return [(told("live.none", tongue), NOTHING), *((told(f"way.{one}", tongue), one) for one in CHANNELS_OFFERED)]

    def _whom(self) -> list[tuple[str, str]]:
        return [(told(f"whom.{one}", self._explorer.tongue), one) for one in WHOM]

    def _months(self) -> list[tuple[str, str]]:
        return [(told(f"live.{one}", self._explorer.tongue), one) for one in MONTHS]


def _plan_title(key: str, tongue: str) -> str:
    if not key:
        return told("live.none", tongue)
    channel, whom, months, _ = PLANS[key]
    said = (told(f"way.{channel}", tongue), told(f"whom.{whom}", tongue), told(f"live.{months}", tongue))
    return f"{key}: {', '.join(said)}"


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _ipywidgets() -> Any:
    import importlib

    try:
        return importlib.import_module("ipywidgets")
    except ImportError:
        why = "ipywidgets is not installed (pip install ipywidgets)"
        raise Unsupported(what="sliders in a notebook", why=why) from None
