"""The month by careful NumPy and SciPy: whole columns at once, float32, a sparse matrix for contacts.

With keyed luck it ends in the product's state (`luck="keyed"`, how it is checked); it is timed with numpy's own
generator (`luck="numpy"`), as one would write it. Choosing is done for those rows only that reconsider.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

import cashless_sim.streams as streams
from cashless_sim.model.model import CashlessModel

Array = NDArray[Any]
F = np.float32
COLLECTOR, COUNTER, AGENT, TRANSFER, AUTODEBIT, WALLET, PROXY, NONE = range(8)
CASH, DIGITAL = (COLLECTOR, COUNTER, AGENT), (TRANSFER, AUTODEBIT, WALLET)
NEVER, FIRST_CAMPAIGN = 255, 32


def one_less_log(u: Array) -> Array:
    """Return −log u: how long one waits at a rate of one."""
    return -np.log(u)


def steps(x: Array) -> Array:
    """Return shares as they are kept: in steps of 2⁻¹⁴."""
    return np.rint(x * F(16384)) * F(2.0**-14)


class NumpyMonth:
    """The households' part of a month for a model whose outreach has been done; it has columns of its own."""

    def __init__(self, model: CashlessModel, luck: str = "numpy") -> None:
        """Take the model's state apart: yes/no columns as bool arrays, shares as float32."""
        self.model, self.luck = model, luck
        self.c: dict[str, Array] = {name: np.array(model.columns.values(name)) for name in model.columns}
        self.p = {type(r).__name__: {k: np.asarray(v) for k, v in r.values.items()} for r in model._rules.rules}
        people = model._rules.people
        self.n, self.ids, self.cell, self.people = people.n, people.ids, people.cell.astype(np.intp), people
        ones = np.ones(len(people.indices), dtype=F)
        self.ties = csr_matrix((ones, people.indices, people.indptr), shape=(self.n, self.n))
        self.generator = np.random.Generator(np.random.SFC64(model.seed))
        self.events: dict[str, Array] = {}

    def refresh(self) -> None:
        """Take over what outreach did this month."""
        for name in ("contacts", "reached_by"):
            self.c[name] = np.array(self.model.columns.values(name))
        self.touch = self.people.touch.astype(np.intp)

    def draw(self, name: str, index: int = 0, rows: Array | None = None, once: bool = False) -> Array:
        """Return one uniform a household, or a row."""
        if self.luck == "numpy" and not once:
            return self.generator.random(self.n if rows is None else len(rows), dtype=F)
        ids = self.ids if rows is None else self.ids[rows]
        month = 0 if once else self.model.month
        return streams.uniforms(self.model.seed, ids, month, name, self.model.replicate, index)

    def step(self) -> None:
        """Run the month: contacts, then every rule over all rows."""
        self.here = self.model.tables
        flags = np.stack([self.c[n] for n in ("pays_digitally", "spreads", "aware_bank")], axis=1).astype(F)
        self.paying, self.spreading, self.informed = np.ascontiguousarray((self.ties @ flags).T)
        for rule in (self.turnover, self.access, self.awareness, self.consider, self.choose, self.pay, self.learn):
            rule()
        self.occasions()

    def scalar(self, name: str) -> Any:
        """Return what is the same for everyone this month."""
        return F(self.here[name])

    def turnover(self) -> None:
        """Age, dissolve and form, pass on, find work."""
        c, p, e = self.c, self.p["Turnover"], self.events
        if self.scalar("january") > 0.5:
            c["age"] = np.minimum(c["age"] + np.uint8(1), np.uint8(100))
        age = c["age"].astype(F)
        chance = p["passing_on"] * self.scalar("turnover") * np.exp(p["passing_age"] * (age - F(60)))
        moved = self.draw("Turnover.forms") < p["forms"] * self.scalar("turnover")
        passed = ~moved & (self.draw("Turnover.passes") < chance) & ((c["adults"] > 1) | (age > 75))
        e["moved"], e["passed"] = moved, passed
        rows = np.flatnonzero(moved)
        luck = self.draw("Turnover.how_old", rows=rows)
        span = np.maximum(p["oldest"] - p["youngest"], F(0))
        c["age"][rows] = np.rint(p["youngest"] + luck * span).astype(np.uint8)
        c["salaried"][rows] = c["online_seller"][rows] = False
        rows = np.flatnonzero(passed)
        c["age"][rows] = np.rint(np.maximum(c["age"][rows].astype(F) - p["years_younger"], F(20))).astype(np.uint8)
        rows = np.flatnonzero(moved | passed)
        c["sex"][rows] = self.draw("Turnover.who", rows=rows) < F(0.5)
        c["education"][rows] = np.minimum(c["education"][rows] + 1, 4)
        c["salaried"] |= (c["age"] < 60) & (self.draw("Turnover.wage") < self.scalar("wage_growth"))
        c["online_seller"] |= c["smartphone"] & (self.draw("Turnover.sells") < self.scalar("selling_growth"))

    def access(self) -> None:
        """Phone, account, wallet, mobile money."""
        c, p, e = self.c, self.p["Access"], self.events
        moved = e["moved"]
        for name in ("smartphone", "account", "wallet", "mobile_money", "transacts"):
            c[name] &= ~moved
        rows = np.flatnonzero(moved | e["passed"])
        luck = self.draw("Access.inherits", rows=rows)
        c["smartphone"][rows] |= luck < p["young_smartphone"]
        c["account"][rows] |= luck < p["young_account"]
        real = np.maximum(c["income"].astype(F) * self.scalar("income_level"), F(100))
        richer = np.log(real / p["reference_income"])
        friction = F(1) - p["sim_friction"] * self.scalar("sim_check")
        rows = np.flatnonzero(~c["smartphone"])
        eager = np.exp(p["smartphone_age"] * (c["age"][rows].astype(F) - F(40)) + F(0.5) * richer[rows])
        gets = rows[self.draw("Access.phone", rows=rows) < p["smartphone_hazard"] * friction * eager]
        opened = e["opened"] = np.zeros(self.n, dtype=np.bool_)
        c["smartphone"][gets] = opened[gets] = True
        rows = np.flatnonzero(~c["account"])
        easier = F(1) + (p["ekyc_factor"] - F(1)) * self.scalar("ekyc") * c["smartphone"][rows]
        pull = self.here["drive"][c["bank"][rows]] * np.where(c["salaried"][rows], p["account_salaried"], F(1))
        pull = pull * np.where(c["online_seller"][rows], F(1.5), F(1))
        schooled = p["account_schooling"] * (c["education"][rows].astype(F) - F(2))
        eager = np.exp(p["account_income"] * richer[rows] + schooled)
        visit = self.draw("Access.visit", rows=rows)
        opens = self.draw("Access.opens", rows=rows) < p["account_hazard"] * easier * pull * eager
        opens |= visit < self.here["opens"][self.touch[rows]] * self.scalar("ekyc") * np.where(
            c["chip_id"][rows], F(1), F(0.3)
        )
        opens |= (c["occasion"][rows] == 1) & (visit < p["account_benefit"])
        c["account"][rows[opens]] = opened[rows[opens]] = True
        offered = p["mobile_money_hazard"] * self.scalar("mobile_money_open")
        offered = offered * (F(1) + (p["permanent_factor"] - F(1)) * self.scalar("mobile_money_permanent"))
        if offered > 0:
            rows = np.flatnonzero(~c["mobile_money"] & c["sim_own"])
            gets = rows[self.draw("Access.registers", rows=rows) < offered]
            c["mobile_money"][gets] = opened[gets] = True
        rows = np.flatnonzero(~c["wallet"] & c["smartphone"] & c["account"])
        c["wallet"][rows] = self.draw("Access.links", rows=rows) < p["wallet_hazard"]
        for b in range(3):
            c["wallet"] |= (c["method"][b] == WALLET) & c["account"] & ~moved
        c["transacts"] |= c["pays_digitally"] & ~moved
        rows = np.flatnonzero(~c["transacts"] & ((c["smartphone"] & c["account"]) | c["mobile_money"]))
        starts = self.draw("Access.starts", rows=rows) < p["transacts_hazard"] * np.exp(F(0.5) * richer[rows])
        c["transacts"][rows[starts]] = True

    def awareness(self) -> None:
        """Word of mouth and outreach."""
        c, p, moved = self.c, self.p["Awareness"], self.events["moved"]
        loud = self.paying + self.spreading
        quiet = np.maximum(self.informed - loud, F(0))
        silent = np.power(F(1) - p["tell"], loud) * np.power(F(1) - p["tell_informed"], quiet)
        campaign = self.here["informed"][self.touch] > 0.5
        told = (self.draw("Awareness.hears") < F(1) - silent) | campaign
        c["aware_bank"] &= ~moved
        c["aware_wallet"] &= ~moved
        c["heard_from"][moved] = 0
        rows = np.flatnonzero(c["aware_bank"] & ~c["transacts"])
        rows = rows[self.draw("Awareness.forgets", rows=rows) < p["forget"]]
        c["aware_bank"][rows] = c["aware_wallet"][rows] = False
        told &= self.once("Awareness.reachable") > p["unreachable"]
        newly = np.flatnonzero(told & (c["heard_from"] == 0))
        teller = self.here["teller"][self.touch[newly]]
        c["heard_from"][newly] = np.where(campaign[newly], teller, 3)
        c["aware_bank"] |= told | c["transacts"]
        rows = np.flatnonzero(told & ~c["aware_wallet"])
        c["aware_wallet"][rows] = self.draw("Awareness.which", rows=rows) < F(0.6)
        c["aware_wallet"] |= c["transacts"]
        talker = self.once("Awareness.reserve") < p["talkers"]
        c["spreads"] = talker & c["aware_bank"] & (moved | ~c["pays_digitally"])

    def once(self, name: str) -> Array:
        """Return luck that never changes, drawn once."""
        if name not in self.events:
            self.events[name] = self.draw(name, once=True)
        return self.events[name]

    def consider(self) -> None:
        """Triggers race for those who pay in cash, reasons to leave for the others."""
        c, p, e = self.c, self.p["Consider"], self.events
        wait = one_less_log(self.draw("Consider.race", 0))
        first = np.minimum(wait / p["spontaneous"], F(1))
        why = np.where(first < 1, 2, 0).astype(np.uint16)
        e["race"] = wait
        among = self.paying / np.maximum(self.people.degree, 1).astype(F)
        self._race(first, why, 1, np.flatnonzero(self.paying > 0), p["by_peers"] * among, 3)
        fresh = np.power(F(1) - p["fatigue"], np.maximum(c["contacts"].astype(F) - F(1), F(0)))
        nudged = self.here["nudged"][self.touch] * fresh
        self._race(first, why, 2, np.flatnonzero(nudged > 0), nudged, c["reached_by"])
        everyone = np.arange(self.n)
        self._race(first, why, 3, np.flatnonzero(e["opened"]), p["by_gate"], 4)
        shock = p["spontaneous"] * p["covid_factor"] * self.scalar("covid")
        self._race(first, why, 4, everyone if shock > 0 else everyone[:0], shock, 6)
        season = self.here["season"][0] > F(1.3)
        self._race(first, why, 5, everyone if season else everyone[:0], p["by_season"], 8)
        self._race(first, why, 6, np.flatnonzero(c["occasion"] > 0), p["by_occasion"], 9)
        offered = self.here["offered"][self.touch] * fresh
        rows = np.flatnonzero(offered > 0)
        signs_up = e["signs_up"] = np.zeros(self.n, dtype=np.bool_)
        signs_up[rows] = self.draw("Consider.assisted", rows=rows) < offered[rows]
        e["bill"] = np.stack([~c["tenant"], c["piped_water"], c["fixed_internet"]])
        e["considers"] = np.zeros((3, self.n), dtype=np.bool_)
        e["slips"], e["why"] = np.zeros_like(e["considers"]), np.zeros((3, self.n), dtype=np.uint16)
        e["choice"] = c["method"].copy()
        for b in range(3):
            self._bill(b, first, why)

    def _race(self, first: Array, why: Array, t: int, rows: Array, hazard: Any, code: Any) -> None:
        """Let one trigger run for the rows it can move."""
        if len(rows):
            at = hazard[rows] if np.ndim(hazard) else hazard
            time = one_less_log(self.draw("Consider.race", t, rows)) / np.maximum(at, F(1e-12))
            won = rows[time < first[rows]]
            first[won] = time[time < first[rows]]
            why[won] = code[won] if np.ndim(code) else code

    def _bill(self, b: int, first: Array, why: Array) -> None:
        c, p, e = self.c, self.p["Consider"], self.events
        bill, method, moved = e["bill"][b], c["method"][b], e["moved"]
        own = bill & ~moved & np.isin(method, DIGITAL)
        hand = bill & ~moved & ~own
        failed = np.full(self.n, F(1e9))
        rows = np.flatnonzero(bill & (c["late"][b] > 0))
        failed[rows] = one_less_log(self.draw("Consider.failed", b, rows)) / p["by_failure"]
        considers, said = hand & (np.minimum(first, failed) < 1), np.where(failed < first, 7, why).astype(np.uint16)
        said[c["cut"][b]], said[e["passed"]] = 7, 13
        signed = e["signs_up"]
        said[signed] = self.here["signer"][self.touch[signed]]
        considers |= hand & (c["cut"][b] | e["passed"] | signed)
        points, handover = self.here["points"][self.cell, b], self.here["handover"][self.cell, b]
        for m in CASH:
            closed = np.flatnonzero(hand & (method == m) & (c["remote"] >= points[:, m]))
            to = handover[closed, m]
            considers[closed[to == 0]], said[closed[to == 0]] = True, 5
            e["choice"][b, closed[to > 0]] = to[to > 0] - 1
        considers |= bill & moved
        said[moved] = 14
        e["considers"][b], e["why"][b] = considers, said
        self._own(b, np.flatnonzero(own), failed)

    def _own(self, b: int, rows: Array, failed: Array) -> None:
        """Reasons to leave, for those who pay digitally."""
        c, p, e = self.c, self.p["Consider"], self.events
        soonest, reason = e["race"][rows] / np.maximum(p["anew"], F(1e-12)), np.full(len(rows), 2, dtype=np.uint16)
        slips = np.zeros(len(rows), dtype=np.bool_)
        method, habit = c["method"][b, rows], c["habit"][b, rows]
        won = np.where(c["cause"][b, rows] >= FIRST_CAMPAIGN, F(1), F(0.5))
        early = np.where(habit < F(0.4), F(1) + p["first_months"] * won, F(1))
        standing = np.where(method == AUTODEBIT, p["standing"], F(1))
        drift = p["leave"] * early * standing * (F(1) - p["kept_by_habit"] * habit)
        incentive = self.here["incentive"][self.touch[rows], method]
        gone = np.where(c["drawn"][b, rows] & (method != AUTODEBIT) & (incentive <= 0), p["by_incentive_end"], F(1e-12))
        verified = np.maximum(p["by_verification"] * self.scalar("verified_only"), F(1e-12))
        for time, code, slip in (
            (one_less_log(self.draw("Consider.verifies", 0, rows)) / verified, 12, False),
            (failed[rows], 10, False),
            (one_less_log(self.draw("Consider.leaves", 0, rows)) / np.maximum(drift, F(1e-12)), 2, True),
            (one_less_log(self.draw("Consider.ends", 0, rows)) / gone, 11, True),
        ):
            sooner = time < soonest
            soonest, reason = np.where(sooner, time, soonest), np.where(sooner, code, reason)
            slips |= sooner & slip
        e["considers"][b, rows], e["why"][b, rows], e["slips"][b, rows] = soonest < 1, reason, slips & (soonest < 1)

    def choose(self) -> None:
        """Race the methods for those who reconsider."""
        for b in range(3):
            self._choose(b, np.flatnonzero(self.events["considers"][b]))

    def _choose(self, b: int, rows: Array) -> None:
        c, p, e = self.c, self.p["Choose"], self.events
        cell, touch = self.cell[rows], self.touch[rows]
        method, moved = c["method"][:, rows], e["moved"][rows]
        minute = c["income"][rows].astype(F) * self.scalar("income_level") * p["value_of_time"]
        own = p["digital"] + p["ease"] * (c["skill"][rows] - F(0.5)) + p["trusting"] * (c["trust"][rows] - F(0.5))
        own = own + self._pull(rows) + p["covid_pull"] * self.scalar("covid")
        others = [np.isin(method[o], DIGITAL) for o in range(3) if o != b]
        helps = np.where((others[0] | others[1]) & ~moved, p["complement"], F(0))
        face = np.where(c["age"][rows] >= 60, p["biometric_cost"] * self.scalar("biometric"), F(0))
        best = np.full(len(rows), np.inf, dtype=F)
        unpaid, choice = best.copy(), np.full(len(rows), NONE, dtype=np.uint8)
        for_money, unpaid_digital = np.zeros((2, len(rows)), dtype=np.bool_)
        signs_up, remote = e["signs_up"][rows], c["remote"][rows]
        phone = c["smartphone"][rows] & c["account"][rows]
        gates = {
            TRANSFER: phone & c["aware_bank"][rows],
            AUTODEBIT: c["account"][rows] & c["aware_bank"][rows],
            WALLET: c["aware_wallet"][rows] & (phone | c["mobile_money"][rows]),
            PROXY: c["helper"][rows] | c["cut"][b, rows],
        }
        ready = {WALLET: c["wallet"][rows] | c["mobile_money"][rows]}
        fees = {WALLET: self.here["provider_fee"][c["provider"][rows]], PROXY: F(0)}
        bank_fee = self.here["bank_fee"][c["bank"][rows]]
        for m in range(7):
            fee = self.here["fee"][cell, b, m] + (fees.get(m, bank_fee) if m >= TRANSFER else F(0))
            money = (fee + self.here["minutes"][cell, b, m] * minute) * F(0.001)
            value = p["constant"][m] - p["price"] * money
            value = value + np.where((method[b] == m) & ~moved, p["habit_pull"] * c["habit"][b, rows], F(0))
            taken = self.here["accepted"][cell, b, m] > F(0.5)
            incentive = self.here["incentive"][touch, m] if m in DIGITAL else F(0)
            if m in DIGITAL:
                hurdle = np.where(ready.get(m, c["transacts"][rows]) | signs_up, F(0), p["set_up_cost"] + face)
                value = value + (own + incentive + helps) - hurdle
                taken = taken & gates[m] & ~e["slips"][b, rows]
            elif m in CASH:
                value = value - p["covid_pull"] * F(0.5) * self.scalar("covid")
                taken = taken & (remote < self.here["points"][cell, b, m])
            else:
                taken = taken & gates[m]
            time = one_less_log(self.draw("Choose.race", 7 * b + m, rows)) * np.exp(-value)
            if m not in DIGITAL:
                time = np.where(signs_up, time * F(1e9), time)
            wins = taken & (time < best)
            best, choice = np.where(wins, time, best), np.where(wins, m, choice)
            for_money = np.where(wins, incentive > 0, for_money)
            plain = time * np.exp(incentive)
            leads = taken & (plain < unpaid)
            unpaid, unpaid_digital = np.where(leads, plain, unpaid), np.where(leads, m in DIGITAL, unpaid_digital)
        e["choice"][b, rows] = choice
        drawn = for_money & (~unpaid_digital | (e["why"][b, rows] >= FIRST_CAMPAIGN))
        c["drawn"][b, rows] = drawn & np.isin(choice, DIGITAL)

    def _pull(self, rows: Array) -> Array:
        p, paying = self.p["Choose"], self.paying[rows]
        if p["imitation"] == 1:
            return p["peer_slope"] * np.minimum(paying, F(6))
        if p["imitation"] == 2:
            return np.where(paying >= 2, p["peer_slope"] * F(4), F(0))
        among = paying / np.maximum(self.people.degree[rows], 1).astype(F)
        return p["belief"] * among if p["imitation"] == 3 else np.zeros(len(rows), dtype=F)

    def pay(self) -> None:
        """Pay, fail, carry; note first payments and lapses."""
        c, e = self.c, self.events
        moved = e["moved"]
        c["gone"] = moved & (c["first_cause"] > 0)
        for name in ("first_cause", "first_month", "left_because", "lapse_month"):
            c[name][moved] = 0
        e["any"], e["changed"] = np.zeros(self.n, dtype=np.bool_), np.zeros((3, self.n), dtype=np.bool_)
        for b in range(3):
            self._pay(b, moved)
        c["pays_digitally"] = e["any"]

    def _chance(self, b: int, choice: Array) -> Array:
        c, p = self.c, self.p["Pay"]
        slip = p["error"] * (F(1) - c["skill"])
        chance = np.where(c["late"][b] > 0, p["late_cash"] * (F(1) - p["notice"]), p["late_cash"])
        chance[choice == NONE] = 1
        bank, wallet = self.here["bank_error"][c["bank"]], self.here["provider_error"][c["provider"]]
        for m, base, system, part in (
            (TRANSFER, "transfer_fails", bank, F(1)),
            (AUTODEBIT, "standing_fails", bank, F(0.2)),
            (WALLET, "wallet_fails", wallet, F(1)),
        ):
            rows = np.flatnonzero(choice == m)
            outage = self.here["outage"][self.cell[rows], b, m]
            chance[rows] = np.minimum(p[base] + outage + system[rows] + slip[rows] * part, F(1))
        return chance

    def _pay(self, b: int, moved: Array) -> None:
        c, p, e = self.c, self.p["Pay"], self.events
        bill, choice, now = e["bill"][b], e["choice"][b], min(self.scalar("tick"), F(255))
        settled = np.where(moved, c["owed"][b], 0)
        for name in ("owed", "late", "cut", "failures", "began", "cause"):
            c[name][b, moved] = 0
        c["months_since_digital"][b, moved] = NEVER
        was, own = np.isin(c["method"][b], DIGITAL) & ~moved, np.isin(choice, DIGITAL)
        failed = self.draw("Pay.fails", b) < self._chance(b, choice)
        unpaid = failed & ((self.draw("Pay.again", b) > p["retry"]) | ~own)
        rows = failed & own & bill & (c["failures"][b] < 255)
        c["failures"][b, rows] += 1
        left = was & ~own & bill
        c["left_because"][left] = e["why"][b, left]
        changed = e["changed"][b] = (((choice != c["method"][b]) & (choice < NONE)) | moved) & bill
        c["method"][b, bill & moved] = COUNTER
        known = bill & (choice < NONE)
        c["method"][b, known] = choice[known]
        months = c["months_since_digital"][b]
        newly = own & changed & (months == NEVER)
        c["cause"][b, newly] = e["why"][b, newly]
        billed = np.where(c["cut"][b], 0, self._amount(b))
        due = c["owed"][b] + billed
        c["billed"][b, bill] = billed[bill]
        c["paid"][b, bill] = np.minimum(np.where(unpaid, settled, settled + due), 65535)[bill]
        c["owed"][b, bill] = np.minimum(np.where(unpaid, due, 0), 65535)[bill]
        c["late"][b, bill] = np.where(unpaid, np.minimum(c["late"][b], 254) + 1, 0)[bill]
        c["cut"][b, bill] = (c["late"][b] >= p["cut_after"])[bill]
        pays = bill & own & ~unpaid
        e["any"] |= pays
        c["began"][b, pays & (months == NEVER)] = now
        first = pays & (c["first_cause"] == 0)
        c["first_cause"][first], c["first_month"][first] = c["cause"][b, first], now
        older = np.flatnonzero(bill & ~pays & (months < NEVER))
        months[pays] = 0
        months[older] = np.minimum(months[older] + 1, 254)
        lapsed = older[months[older] == 3]
        c["left_because"][lapsed[own[lapsed]]] = 10
        c["lapse_month"][lapsed] = now

    def _amount(self, b: int) -> Array:
        season = self.here["season"]
        if b:
            return np.maximum(np.rint(self.here["price"][b] * season[b] * F(0.001)), F(1)).astype(np.int32)
        tariff, used = self.here["tariff"], self.c["kwh"].astype(F) * season[0]
        money = np.minimum(used, F(50)) * tariff[0]
        for low, width, price in zip((50, 100, 200, 300), (50, 100, 100, 100), tariff[1:5], strict=True):
            money = money + np.clip(used - F(low), F(0), F(width)) * price
        money = money + np.maximum(used - F(400), F(0)) * tariff[5]
        return np.maximum(np.rint(money * F(0.001)), F(1)).astype(np.int32)

    def learn(self) -> None:
        """Habit, skill and trust move."""
        c, p, e = self.c, self.p["Learn"], self.events
        passed, moved = e["passed"], e["moved"]
        skill, trust = c["skill"], c["trust"]
        skill[passed] = steps(skill[passed] + p["young_skill"] * (F(1) - skill[passed]))
        trust[passed] = steps(trust[passed] + F(0.5) * (F(0.5) - trust[passed]))
        skill[moved], trust[moved] = steps(p["young_skill"]), F(0.5)
        stumbled = np.zeros(self.n, dtype=np.bool_)
        for b in range(3):
            bill, habit = e["bill"][b], c["habit"][b]
            stumbled |= bill & (c["late"][b] > 0)
            grown = np.where(e["changed"][b], F(0), steps(habit + p["habit_up"] * (F(1) - habit)))
            c["habit"][b] = np.where(bill, grown, habit)
        taught = np.flatnonzero(self.touch)
        skill[taught] = steps(skill[taught] + self.here["taught"][self.touch[taught]] * (F(1) - skill[taught]))
        rows = np.flatnonzero(c["occasion"])
        skill[rows] = steps(skill[rows] + p["occasion_up"] * (F(1) - skill[rows]))
        own = np.flatnonzero(e["any"])
        skill[own] = steps(skill[own] + p["skill_up"] * (F(1) - skill[own]))
        down, up = -p["trust_down"] * trust[own], p["trust_up"] * (F(1) - trust[own])
        trust[own] = steps(trust[own] + np.where(stumbled[own], down, up))
        idle = np.flatnonzero(~e["any"] & ~c["transacts"])
        skill[idle] = steps(skill[idle] - p["skill_fades"] * skill[idle])
        if self.scalar("scam") > 0:
            rows = np.flatnonzero(self.draw("Learn.hears") < self.scalar("scam"))
            trust[rows] = steps(trust[rows] - p["scam_drop"] * trust[rows])
        trust[taught] = np.clip(trust[taught] + self.here["reassured"][self.touch[taught]], F(0), F(1))
        trust[taught] = steps(trust[taught])

    def occasions(self) -> None:
        """Other occasions to pay or be paid without cash."""
        c, p = self.c, self.p["Occasions"]
        kept = np.zeros(self.n, dtype=np.uint8)
        likely = (c["age"] >= p["benefit_age"]) | (c["income"] < p["poor_below"])
        for code, name, table, who in (
            (4, "gift", "gifts", c["transacts"]),
            (3, "desk", "public_services", c["account"] | c["mobile_money"]),
            (2, "fee", "school_fees", (c["size"] >= 3) & (c["age"] < 60)),
            (1, "benefit", "benefits", likely),
        ):
            if self.scalar(table) > 0:
                kept[who & (self.draw(f"Occasions.{name}") < self.scalar(table))] = code
        c["occasion"] = kept
