"""The shape of a scenario file: its tables, their keys, and what each value may be."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from types import GenericAlias
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_serializer

from cashless_sim.model.settings import OBSERVED, Observation, Regulation
from cashless_sim.rules.catalogue import ORDER
from cashless_sim.units import month_text


def composed(text: Any) -> Any:
    """Return a text with letters and marks in one (NFC), anything else as it is."""
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _two(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError
    return tuple(value)


def _lower_first(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError
    return pair


def _everyone(value: Any) -> Any:
    return None if value == "all" else value


Text = Annotated[str, AfterValidator(composed), Field(description="a text")]
Month = Annotated[
    str,
    Field(
        pattern=r"^(19[7-9][0-9]|20[0-9][0-9])-(0[1-9]|1[0-2])$",
        description="a month as YYYY-MM, for example 2021-03",
    ),
]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, description="a share in [0, 1]")]
Number = Annotated[float, Field(allow_inf_nan=False, description="a finite number")]
Money = Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False, description="VND, 0 or more")]
Factor = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False, description="a factor of 0 or more")]
Capacity = Annotated[int, Field(ge=0, le=10**9, description="contacts a month, a whole number, 0 or more")]
Switch = Annotated[bool, Field(description="true or false")]
Seed = Annotated[int, Field(ge=0, lt=2**63, description="a whole number, 0 or more")]
Households = Annotated[
    Annotated[int, Field(gt=0)] | None,
    BeforeValidator(_everyone),
    Field(description='a whole number above 0, or "all"'),
]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_tuple), Field(description='texts, as ["a", "b"]')]
CalendarMonths = Annotated[
    tuple[Annotated[int, Field(ge=1, le=12, description="a calendar month, 1 to 12")], ...],
    BeforeValidator(_tuple),
    Field(description="calendar months, as [6, 7, 8]"),
]
Numbers = Annotated[
    Number | Annotated[tuple[Number, ...], BeforeValidator(_tuple)],
    Field(description="a finite number, or a list of them"),
]


class Table(BaseModel):
    """A table of the file: frozen, without surprises."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Ranges(Table):
    """Plausible ranges of some numbers of a table, those that are stated: two numbers each, the lower first."""

    @model_serializer
    def stated(self) -> dict[str, Any]:
        """Return the ranges that are stated, by name."""
        return {name: pair for name in type(self).model_fields if (pair := getattr(self, name)) is not None}


def _ranges(name: str, kinds: dict[str, Any]) -> Any:
    """Return a table of ranges for some numbers, each of its own kind."""
    shape: dict[str, Any] = {}
    for key, kind in kinds.items():
        pair: Any = Annotated[GenericAlias(tuple, (kind, kind)), BeforeValidator(_two), AfterValidator(_lower_first)]
        shape[key] = (Annotated[pair | None, Field(description="two numbers, the lower first")], None)
    return create_model(name, __base__=Ranges, __doc__=Ranges.__doc__, **shape)


Ratio = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False, description="a number above 0")]
RATIOS = {name: Ratio for name, told in OBSERVED.items() if told["unit"] == "ratio"}
CampaignRanges: Any = _ranges(
    "CampaignRanges",
    {"intensity": Share, "reach": Share, "capacity": Capacity, "cost_per_contact": Money, "cost_fixed": Money},
)
ShockRanges: Any = _ranges("ShockRanges", {"size": Share, "persistence": Share})
ClosureRanges: Any = _ranges("ClosureRanges", {"before": Share, "left": Share})
ObservationRanges: Any = _ranges("ObservationRanges", {name: RATIOS.get(name, Share) for name in OBSERVED})


class TimeTable(Table):
    """The first and the last month."""

    start: Month = "2017-06"
    end: Month = "2030-12"


class PlaceTable(Table):
    """Where, how many households (None is all of them), and which draw of the people."""

    name: Text = "hung-yen"
    households: Households = None
    population_seed: Seed = 1


class UseTable(Table):
    """A shipped rule by its name, or one from outside as ``package.module:Class``."""

    use: Text


def _step(value: Any) -> Any:
    return {"use": value} if isinstance(value, str) else value


Step = Annotated[
    UseTable,
    BeforeValidator(_step),
    Field(description='the name of a rule, or { use = "my_package.my_rules:MyRule" }'),
]


class MonthTable(Table):
    """The month's rules, in order."""

    rules: Annotated[tuple[Step, ...], BeforeValidator(_tuple), Field(min_length=1, description="a list of rules")] = (
        tuple(UseTable(use=name) for name in ORDER)
    )


class CampaignTable(Table):
    """One outreach effort; see `cashless_sim.rules.campaigns.Campaign`."""

    name: Annotated[Text, Field(min_length=1)]
    channel: Text
    start: Month
    end: Month
    sponsor: Text = "digital steering committee"
    runner: Text = "commune People's Committee"
    districts: Texts = ()
    target: Annotated[dict[str, Any], Field(description="a table of household columns, as { age = { min = 60 } }")] = (
        Field(default_factory=dict)
    )
    intensity: Share = 1.0
    reach: Share | None = None
    capacity: Capacity | None = None
    seeding: Text = "random"
    months: CalendarMonths = ()
    cost_per_contact: Money | None = None
    cost_fixed: Money = 0.0
    effects: dict[str, Number] = Field(default_factory=dict)
    method: Text | None = None
    note: Text = ""
    source: Text = "assumed"
    ranges: Annotated[CampaignRanges, Field(description="a table")] = CampaignRanges()


class ShockTable(Table):
    """One dated disturbance; see `cashless_sim.model.settings.Shock`."""

    name: Annotated[Text, Field(min_length=1)]
    kind: Text
    start: Month
    end: Month
    size: Share
    persistence: Share = 0.0
    bill: Text | None = None
    source: Text = "assumed"
    ranges: Annotated[ShockRanges, Field(description="a table")] = ShockRanges()


class ClosureTable(Table):
    """Cash points that go; see `cashless_sim.model.settings.Closure`."""

    name: Annotated[Text, Field(min_length=1)]
    utility: Text
    method: Text
    start: Month
    end: Month
    districts: Texts = ()
    left: Share = 0.0
    before: Share = 1.0
    to: Text | None = None
    source: Text = "assumed"
    ranges: Annotated[ClosureRanges, Field(description="a table")] = ClosureRanges()


class PolicyTable(Table):
    """How one utility behaves; see `cashless_sim.model.settings.Policy`."""

    use: Text = "scheduled"
    close_below: Share = 0.1
    reinvest: Share = 0.0
    budget: Money | None = None


class TermsTable(Table):
    """What one bank or wallet offers; see `cashless_sim.model.terms.Terms`."""

    use: Text = "steady"
    error: Share = 0.0
    fee: Money = 0.0
    discount: Money = 0.0
    drive: Factor = 1.0
    push: Factor = 2.0
    aim: Share = 0.8
    outages: Annotated[dict[Month, Share], Field(description='shares by month, as "2024-07" = 0.3')] = Field(
        default_factory=dict
    )
    source: Text = "assumed"


class SwitchTable(Table):
    """Mechanisms to vary or to turn off."""

    imitation: Text | None = None
    network: Text = "village"
    commitment: Text = "medium"
    turnover: Switch = True
    occasions: Switch = True


def _like(made: type, name: str, kinds: dict[str, Any]) -> Any:
    """Return a table with the fields of a dataclass: months for its whole numbers, else shares."""
    shape: dict[str, Any] = {}
    for field in fields(made):
        if field.name == "ranges":
            shape["ranges"] = (kinds["ranges"], kinds["ranges"]())
        elif isinstance(field.default, int):
            shape[field.name] = (Month, month_text(field.default))
        else:
            shape[field.name] = (kinds.get(field.name, Share), field.default)
    return create_model(name, __base__=Table, __doc__=made.__doc__, **shape)


RegulationTable: Any = _like(Regulation, "RegulationTable", {})
ObservationTable: Any = _like(Observation, "ObservationTable", {**RATIOS, "ranges": ObservationRanges})


class Recipe(Table):
    """A whole scenario file, with what it extends written out."""

    title: Text = ""
    title_vi: Text = ""
    question: Text = ""
    question_vi: Text = ""
    time: TimeTable = TimeTable()
    place: PlaceTable = PlaceTable()
    month: MonthTable = MonthTable()
    rules: dict[str, dict[str, Numbers]] = Field(
        default_factory=dict, description="a table of parameters for each rule"
    )
    campaigns: Annotated[
        tuple[CampaignTable, ...], BeforeValidator(_tuple), Field(description="tables [[campaigns]]")
    ] = ()
    shocks: Annotated[tuple[ShockTable, ...], BeforeValidator(_tuple), Field(description="tables [[shocks]]")] = ()
    closures: Annotated[
        tuple[ClosureTable, ...], BeforeValidator(_tuple), Field(description="tables [[closures]]")
    ] = ()
    regulation: Annotated[RegulationTable, Field(description="a table of months")] = RegulationTable()
    policies: dict[str, PolicyTable] = Field(
        default_factory=dict, description="a table [policies.<utility>] for each utility"
    )
    banks: dict[str, TermsTable] = Field(
        default_factory=dict, description="a table [banks.<name>] for a bank, or [banks.all]"
    )
    wallets: dict[str, TermsTable] = Field(
        default_factory=dict, description="a table [wallets.<name>] for a wallet, or [wallets.all]"
    )
    switches: SwitchTable = SwitchTable()
    observation: Annotated[ObservationTable, Field(description="a table of shares")] = ObservationTable()
    measures: Texts = ()
