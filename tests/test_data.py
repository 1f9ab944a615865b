"""The data say what their dictionary says, recalled rows are not fitted, broken files are refused by line."""

import csv
import io
import math
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from cashless_sim import data
from cashless_sim.errors import BadValue, DataProblem, FileProblem, UnknownName

RATES = "observed/reported_rates.csv"
PARAMETERS = "population/parameters.csv"
HUNG_YEN = "population/places/hung-yen/"
READERS = {
    "reported_rates": lambda root: data.reported_rates(data.USES, root),
    "bass_series": data.bass_series,
    "bass_estimates": data.bass_estimates,
    "parameters": data.parameters,
    "correlations": data.correlations,
    "bills": data.bills,
    **{f"districts {p}": lambda root, p=p: data.districts(p, root) for p in data.places()},
    **{f"marginals {p}": lambda root, p=p: data.marginals(p, root) for p in data.places()},
}
FILES = {
    "bass_series": "observed/bass_series.csv",
    "bass_estimates": "observed/bass_estimates.csv",
    "reported_rates": RATES,
    "parameters": PARAMETERS,
    "correlations": "population/correlations.csv",
    "bills": "population/bills.csv",
    "districts hung-yen": HUNG_YEN + "districts.csv",
    "marginals hung-yen": HUNG_YEN + "marginals.csv",
}


@pytest.fixture(scope="module")
def rates():
    return data.reported_rates(data.USES)


@pytest.fixture
def copy(tmp_path):
    """A copy of the data, to be broken."""
    shutil.copytree(data.folder(), tmp_path / "data")
    return tmp_path / "data"


def rewrite(path: Path, change) -> None:
    """Hand the rows (header first) to ``change`` and write them back."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def put(column, value, row=3):
    """Return a change that writes a cell; ``row`` 3 is line 4 of a file with one line a row."""

    def change(rows):
        rows[row][rows[0].index(column)] = value

    return change


def one(rates, code, geography, date, group="all"):
    """Return the one value of a statistic."""
    keep = (rates["code"] == code) & (rates["geography"] == geography)
    found = rates[keep & (rates["date"] == date) & (rates["group"] == group)]
    assert len(found) == 1
    return float(found["value"].iloc[0])


@pytest.mark.parametrize("reader", READERS)
def test_every_table_loads(reader):
    table = READERS[reader](None)
    assert len(table) > 0
    assert list(table.index) == list(range(len(table)))


def test_nothing_was_lost_in_transcription(rates):
    assert (len(rates), len(data.bass_series()), len(data.bass_estimates())) == (530, 34, 59)
    assert len(data.parameters()) == 165


@pytest.mark.parametrize(
    ("code", "geography", "date", "group", "value"),
    [
        ("D", "Viet Nam", "2017", "all", 4.54),
        ("D", "Viet Nam", "2022", "all", 28),
        ("D", "Viet Nam", "2024", "all", 56.33),
        ("E", "Viet Nam", "2017", "all", 6.53),
        ("E", "Viet Nam", "2022", "all", 25.02),
        ("E", "Viet Nam", "2024", "all", 45.5),
        ("E", "Viet Nam", "2017", "poor40", 4.29),
        ("E", "Viet Nam", "2024", "urban", 51.95),
        ("G", "Viet Nam", "2017", "all", 30.8),
        ("G", "Viet Nam", "2022", "rich60", 66.63),
        ("G", "Viet Nam", "2024", "all", 70.55),
        ("CASH", "Viet Nam", "2022", "all", 70),
        ("PAID", "Viet Nam", "2017", "women", 81.1),
        ("FIRST", "Viet Nam", "2022", "all", 7),
        ("B", "Northern Vietnam (27 provinces)", "2019-03-31", "all", 8.96),
        ("B", "Northern Vietnam (27 provinces)", "2020-10-31", "all", 55.22),
        ("B", "Northern Vietnam (27 provinces)", "2024-05-31", "all", 87.58),
        ("C", "Northern Vietnam (27 provinces)", "2019-03-31", "all", 60.9),
        ("A", "Hưng Yên province", "2019-10-31", "all", 98),
        ("B", "Hưng Yên province", "2019-10-31", "all", 58.24),
        ("B", "Viet Nam", "2022-08-31", "all", 90.72),
        ("F", "Viet Nam", "2024-06-30", "all", 87),
    ],
)
def test_published_figures_are_as_published(rates, code, geography, date, group, value):
    assert one(rates, code, geography, date, group) == value


@pytest.mark.parametrize(("date", "code"), [("2017", "E"), ("2022", "E"), ("2017", "G"), ("2022", "G")])
def test_income_groups_average_to_the_whole(rates, date, code):
    poor, rich = (one(rates, code, "Viet Nam", date, group) for group in ("poor40", "rich60"))
    assert 0.4 * poor + 0.6 * rich == pytest.approx(one(rates, code, "Viet Nam", date), abs=0.05)


def test_d_is_the_share_among_those_who_paid(rates):
    everyone = rates[(rates["series"] == "findex_vnm_utility_account_all") & (rates["date"] == "2017")]
    payers = one(rates, "PAID", "Viet Nam", "2017")
    assert one(rates, "D", "Viet Nam", "2017") == pytest.approx(100 * everyone["value"].iloc[0] / payers, abs=0.02)


def test_recalled_rows_are_never_fitted(rates):
    assert set(rates[rates["status"] == "recalled"]["use"]) == {"other"}
    assert set(data.targets()["status"]) == {"seen"}


@pytest.mark.parametrize("split", ["fit", "check"])
def test_targets_hold_no_hold_out_row(split):
    table = data.targets(split)
    assert set(table["use"]) == {"fit"}
    assert set(table["date"].str[:4]) == {"2017", "2019", "2020", "2022"}
    assert set(table["code"]) == {"A", "B", "D", "E", "G", "FIRST"}


def test_fit_rows_are_the_default_and_uses_do_not_mix():
    assert set(data.reported_rates()["use"]) == {"fit"}
    assert set(data.reported_rates("hold-out")["use"]) == {"hold-out"}


def test_no_item_of_2024_and_no_other_place_may_be_fitted(rates):
    late = rates[rates["date"] >= "2023"]
    assert "fit" not in set(late["use"])
    findex_2024 = rates[rates["series"].str.startswith("findex_vnm") & (rates["date"] == "2024")]
    assert set(findex_2024["use"]) == {"hold-out"}
    fitted = {"Viet Nam", "Northern Vietnam (27 provinces)", "Hưng Yên province"}
    assert set(data.targets()["geography"]) == fitted


@pytest.mark.parametrize("use", ["holdout", "all", ""])
def test_an_unknown_use_is_refused(use):
    with pytest.raises(BadValue):
        data.reported_rates(use)


def test_the_planning_split_is_refused_until_the_scorecard_is_there(tmp_path):
    shutil.copytree(data.folder(), tmp_path / "data")
    card = tmp_path / "data" / "calibrated" / "hung-yen" / "scorecard.csv"
    card.unlink(missing_ok=True)
    with pytest.raises(FileProblem, match="no scorecard yet"):
        data.targets("planning", tmp_path / "data")
    card.parent.mkdir(parents=True, exist_ok=True)
    card.write_text("point\n", encoding="utf-8")
    assert set(data.targets("planning", tmp_path / "data")["use"]) == {"fit", "hold-out"}
    assert set(data.targets("check", tmp_path / "data")["use"]) == {"fit"}
    with pytest.raises(BadValue, match="did you mean 'planning'"):
        data.targets("plannin")


def test_people_of_a_place_rest_on_its_own_files_only(tmp_path):
    shutil.copytree(data.folder(), tmp_path / "data")
    before = data.people_hash(["hung-yen"], tmp_path / "data")
    assert before == data.people_hash(["hung-yen"])
    for file in ("observed/reported_rates.csv", "population/places/viet-nam/marginals.csv"):
        path = tmp_path / "data" / file
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert data.people_hash(["hung-yen"], tmp_path / "data") == before
    assert data.people_hash(["viet-nam"], tmp_path / "data") != data.people_hash(["viet-nam"])


def test_districts_of_hung_yen_add_up():
    table = data.districts("hung-yen")
    assert table["households"].sum() == 377_582
    assert table["population"].sum() == 1_252_731
    assert table["communes"].sum() == 139
    assert table["district_vi"].is_unique
    assert "Mỹ Hào" in set(table["district_vi"])
    urban = (table["urban_share"] * table["population"]).sum() / table["population"].sum()
    assert urban == pytest.approx(0.165, abs=0.001)


@pytest.mark.parametrize("name", data.places())
def test_a_place_is_whole(name):
    place = data.place(name)
    assert place.districts["households"].sum() == place.households
    assert place.geography in set(data.reported_rates(data.USES)["geography"])
    assert set(place.marginals["marginal"]) == set(data.marginals("hung-yen")["marginal"])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_place_answers_to_its_vietnamese_title(form):
    assert data.place(unicodedata.normalize(form, "Hưng Yên")).name == "hung-yen"


@pytest.mark.parametrize("name", ["hung yen", "Hung Yên", "HƯNG YÊN", "hungyen", "hưng-yên"])
def test_a_place_nearly_named_is_suggested(name):
    with pytest.raises(UnknownName, match="did you mean 'hung-yen'"):
        data.place(name)


def test_an_unknown_place_lists_those_there_are():
    with pytest.raises(UnknownName, match="evnnpc, hung-yen, india, indonesia, thailand, viet-nam"):
        data.place("Atlantis")


@pytest.mark.parametrize("name", ["india", "indonesia", "thailand"])
def test_another_country_is_viet_nam_but_for_accounts_and_early_users(name):
    mine, theirs = (data.marginals(place).set_index(["marginal", "group"])["value"] for place in (name, "viet-nam"))
    differing = {marginal for (marginal, _), same in (mine == theirs).items() if not same}
    assert differing == {"account", "early"}
    assert "That is all it is" in data.place(name).note


def test_a_folder_makes_a_new_place(copy, tmp_path):
    shutil.copytree(copy / HUNG_YEN, tmp_path / "my-province")
    assert data.place(tmp_path / "my-province").name == "my-province"


def test_marginals_repeat_their_parameters():
    published = data.parameters().set_index("parameter")
    scale = {"thousand VND": 1000.0}
    for name in data.places():
        for row in data.marginals(name).itertuples():
            if row.parameter:
                expected = published.loc[row.parameter, "central"] * scale.get(row.unit, 1.0)
                assert row.value == pytest.approx(expected), (name, row.marginal, row.group)


def test_bills_repeat_their_parameters():
    published = data.parameters().set_index("parameter")
    for row in data.bills().itertuples():
        if row.parameter:
            scale = 1000 if published.loc[row.parameter, "unit"] == "thousand VND" else 1
            assert row.value == pytest.approx(published.loc[row.parameter, "central"] * scale), row.item


def test_the_seasons_of_a_year_average_one():
    table = data.bills()
    season = table[(table["bill"] == "electricity") & (table["item"] == "season")]
    assert len(season) == 12
    assert season["value"].sum() == pytest.approx(12)


def test_tariffs_rise_with_use_and_cover_the_run():
    tariffs = data.bills().query("item == 'tariff'")
    assert tariffs["starts"].min() <= "2017-06"
    for _, blocks in tariffs.groupby("starts"):
        assert len(blocks) == 6
        assert blocks["value"].is_monotonic_increasing


def test_the_correlations_can_be_drawn():
    table = data.correlations()
    names = sorted({*table["first"], *table["second"]})
    assert len(table) == len(names) * (len(names) - 1) // 2
    matrix = [[1.0 if a == b else math.nan for b in names] for a in names]
    for row in table.itertuples():
        i, j = names.index(row.first), names.index(row.second)
        matrix[i][j] = matrix[j][i] = row.value
    assert smallest_pivot(matrix) > 0.1


def smallest_pivot(matrix):
    """Return the smallest pivot of a Gaussian elimination: positive for a positive definite matrix."""
    pivots = []
    rows = [list(row) for row in matrix]
    while rows:
        head, *rest = rows
        pivots.append(head[0])
        rows = [[x - r[0] * y / head[0] for x, y in zip(r[1:], head[1:], strict=True)] for r in rest]
    return min(pivots)


def test_every_key_has_a_reference(root, rates):
    entries = re.findall(r"^@\w+\{([^,\s]+),", (root / "docs/references.bib").read_text("utf-8"), re.M)
    assert len(entries) == len(set(entries))
    tables = [rates, *(reader(None) for reader in READERS.values())]
    used = {key for table in tables for key in table["key"] if key}
    assert used - set(entries) == set()
    assert {"Salmon2011", "Bass1969", "Granovetter1978", "BrockDurlauf2001", "Rogers2003"} <= set(entries)


def test_what_was_seen_says_where():
    for name, reader in READERS.items():
        table = reader(None)
        seen = table[table["status"] == "seen"]
        assert (seen["key"] != "").all(), name


def test_the_readme_tells_every_column(root):
    text = (root / "data/README.md").read_text(encoding="utf-8")
    with (root / "data/dictionary.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert f"| {row['column']} | {row['kind']} |" in text, row
            assert row["meaning"] in text, row
            assert row["table"] in text


BROKEN = {
    "a missing column": (RATES, lambda rows: [r.pop(rows[0].index("unit")) for r in rows[::-1]], "unit", 1),
    "an unknown column": (RATES, lambda rows: [r.append("x") for r in rows], "unknown", 1),
    "a column given twice": (RATES, lambda rows: [r.append(r[0]) for r in rows], "twice", 1),
    "a wrong unit": (RATES, put("unit", "percnt"), "did you mean 'percent'", 4),
    "a percentage above 100": (RATES, put("value", "145.5"), "0 to 100", 4),
    "a percentage below 0": (RATES, put("value", "-1"), "0 to 100", 4),
    "not a number": (RATES, put("value", "45,5"), "'45,5'", 4),
    "nan": (RATES, put("value", "nan"), "'nan'", 4),
    "no value": (RATES, put("value", ""), "with the unit none", 4),
    "a duplicate row": (RATES, lambda rows: rows.insert(5, rows[2]), "repeats line 3", 6),
    "a month 13": (RATES, put("date", "2019-13"), "YYYY-MM", 4),
    "a day 32": (RATES, put("date", "2019-10-32"), "YYYY-MM-DD", 4),
    "a Vietnamese date": (RATES, put("date", "31/10/2019"), "YYYY", 4),
    "an unknown code": (RATES, put("code", "H"), "one of A", 4),
    "an unknown status": (RATES, put("status", "guessed"), "seen", 4),
    "an unknown use": (RATES, put("use", "holdout"), "did you mean 'hold-out'", 4),
    "a recalled row to be fitted": (
        RATES,
        lambda rows: (put("use", "fit")(rows), put("status", "recalled")(rows)),
        "only rows seen",
        4,
    ),
    "a row too short": (RATES, lambda rows: rows[3].pop(), "as in the header", 4),
    "an empty name": (RATES, put("series", " "), "series is empty", 4),
    "a range upside down": (PARAMETERS, put("low", "900000"), "low <= central <= high", 4),
    "a share above one": ("population/bills.csv", put("high", "1.5", row=44), "a share runs", 45),
    "a correlation above one": ("population/correlations.csv", put("high", "1.2"), "-1 to 1", 4),
    "half a household": (HUNG_YEN + "districts.csv", put("households", "12.5"), "whole number", 4),
    "a district in the sea": (HUNG_YEN + "districts.csv", put("lon", "120"), "102 to 110", 4),
    "an urban share in percent": (HUNG_YEN + "districts.csv", put("urban_share", "9.4"), "0 to 1", 4),
    "a negative bill": ("population/bills.csv", put("low", "-3"), "0 to inf", 4),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_copy_is_refused_with_file_and_line(fault, copy):
    name, change, said, line = BROKEN[fault]
    rewrite(copy / name, change)
    reader = next(READERS[key] for key, file in FILES.items() if file == name)
    with pytest.raises(DataProblem) as refused:
        reader(copy)
    assert refused.value.facts["where"] == f"data/{name}:{line}"
    assert said in str(refused.value)
    assert {"problem", "expected", "next"} <= set(refused.value.facts)


def test_shares_that_do_not_add_up_are_refused(copy):
    rewrite(copy / HUNG_YEN / "marginals.csv", put("value", "0.15", row=1))
    with pytest.raises(DataProblem, match=r"'household_size' add up to 1\.030"):
        data.marginals("hung-yen", copy)


def test_districts_that_do_not_add_up_are_refused(copy):
    rewrite(copy / HUNG_YEN / "districts.csv", put("households", "1"))
    with pytest.raises(DataProblem, match="377582, as place.toml says"):
        data.place("hung-yen", copy)


@pytest.mark.parametrize("text", ["households = ", 'title = "x"', "title = 3"])
def test_a_broken_place_is_refused(copy, text):
    (copy / HUNG_YEN / "place.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataProblem, match=r"hung-yen/place\.toml"):
        data.place("hung-yen", copy)


def test_an_open_quotation_is_refused(copy):
    path = copy / RATES
    path.write_text(path.read_text(encoding="utf-8") + '"open', encoding="utf-8")
    with pytest.raises(DataProblem, match=r"reported_rates\.csv:532"):
        data.reported_rates(root=copy)


def test_a_missing_file_and_a_wrong_encoding_are_refused(copy):
    (copy / RATES).write_bytes("\ufeffHưng Yên".encode("utf-16"))
    with pytest.raises(FileProblem, match="UTF-8"):
        data.reported_rates(root=copy)
    (copy / RATES).unlink()
    with pytest.raises(FileProblem, match="No such file"):
        data.reported_rates(root=copy)


def test_a_spreadsheet_may_save_a_table(copy):
    """A byte-order mark and Windows line ends change nothing, neither the table nor the hash of the data."""
    before, table = data.data_hash(copy), data.reported_rates(root=copy)
    path = copy / RATES
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert data.data_hash(copy) == before
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert data.reported_rates(root=copy).equals(table)


def test_the_hash_sees_each_table_and_no_scenario(copy):
    before = data.data_hash(copy)
    assert re.fullmatch("[0-9a-f]{64}", before)
    assert before == data.data_hash()
    (copy / "scenarios").mkdir(exist_ok=True)
    (copy / "scenarios" / "new.toml").write_text("title = 'x'", encoding="utf-8")
    (copy / "observed" / "notes~").write_text("x", encoding="utf-8")
    assert data.data_hash(copy) == before
    for name in FILES.values():
        path = copy / name
        path.write_bytes(path.read_bytes() + b"\n")
        assert data.data_hash(copy) != before
        before = data.data_hash(copy)


def test_a_scenario_is_found_by_name(copy):
    (copy / "scenarios").mkdir(exist_ok=True)
    (copy / "scenarios" / "drive.toml").write_text("", encoding="utf-8")
    assert data.scenario_path("drive", copy) == data.scenario_path("drive.toml", copy)
    with pytest.raises(UnknownName, match="did you mean 'drive'"):
        data.scenario_path("drvie", copy)


def test_a_plan_is_found_by_name_too():
    assert data.scenario_path("01-nen").parent.name == "plans"
    with pytest.raises(UnknownName, match=r"expected one of hung-yen, .*did you mean '01-nen'") as told:
        data.scenario_path("01-nenn")
    assert "07b-day-qr" not in str(told.value)


def test_the_wheel_carries_the_data(tmp_path, monkeypatch, copy):
    """Without a checkout beside it the package reads what was shipped inside it."""
    package = tmp_path / "site" / "cashless_sim"
    shutil.copytree(copy, package / "_shipped")
    monkeypatch.setattr(data, "_HERE", package)
    assert data.folder() == package / "_shipped"
    assert data.place("hung-yen").households == 377_582
    monkeypatch.setattr(data, "_HERE", tmp_path / "nowhere" / "cashless_sim")
    with pytest.raises(FileProblem, match="install the package again"):
        data.folder()
