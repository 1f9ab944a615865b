"""What is counted about each household: short formulas, compiled into one pass."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import BILLS, METHODS, Method
from cashless_sim.rules.bills import fee_of, has_bill
from cashless_sim.rules.compiler.tally import Counted
from cashless_sim.rules.maths import formula

AGES = ("15-24", "25-39", "40-59", "60+")
FIFTHS = ("1", "2", "3", "4", "5")
BANDS = len(AGES) * len(FIFTHS)


@formula
def group_of(h: Any, here: Any) -> Any:
    """Cell, age band and income fifth as one number."""
    band = 0.0 if h.age < 25.0 else (1.0 if h.age < 40.0 else (2.0 if h.age < 60.0 else 3.0))
    return h.cell * 20.0 + band * 5.0 + (h.quintile - 1.0)


@formula
def one(h: Any, here: Any) -> Any:
    """Every household."""
    return 1.0


@formula
def column_account(h: Any, here: Any) -> Any:
    """Payer has an account."""
    return h.account


@formula
def smartphone(h: Any, here: Any) -> Any:
    """Payer uses a smartphone."""
    return h.smartphone


@formula
def mobile_money(h: Any, here: Any) -> Any:
    """Payer has mobile money."""
    return h.mobile_money


@formula
def account_or_money(h: Any, here: Any) -> Any:
    """Payer has an account at a bank or with mobile money, as Findex counts."""
    return h.account or h.mobile_money


@formula
def aware(h: Any, here: Any) -> Any:
    """Payer knows that bills can be paid without cash."""
    return h.aware_bank or h.aware_wallet


@formula
def able(h: Any, here: Any) -> Any:
    """Payer could pay some bill by an own digital method: knows, has a gate open."""
    return (h.aware_bank and h.account) or (h.aware_wallet and h.mobile_money)


@formula
def transacts(h: Any, here: Any) -> Any:
    """Payer makes digital payments of any kind."""
    return h.transacts


@formula
def active(h: Any, here: Any) -> Any:
    """Made an own digital bill payment this month."""
    return h.pays_digitally


@formula
def within(h: Any, b: int, months: float) -> Any:
    """Whether a bill was paid digitally in so many months up to now."""
    return has_bill(h, b) and h.months_since_digital[b] < months


@formula
def using(h: Any, here: Any) -> Any:
    """Made an own digital bill payment in the last three months."""
    return within(h, 0, 3.0) or within(h, 1, 3.0) or within(h, 2, 3.0)


@formula
def ever(h: Any, here: Any) -> Any:
    """Ever made an own digital bill payment."""
    return h.first_cause > 0.0


@formula
def adopted_now(h: Any, here: Any) -> Any:
    """Made its first own digital bill payment this month."""
    return h.first_month == here.tick


@formula
def lapsed_now(h: Any, here: Any) -> Any:
    """Lapsed this month."""
    return h.lapse_month == here.tick


@formula
def utility_payer(h: Any, here: Any) -> Any:
    """Gets an electricity or water bill: the survey's "paid a utility bill"."""
    return has_bill(h, 0) or has_bill(h, 1)


@formula
def survey_digital(h: Any, here: Any) -> Any:
    """Paid electricity or water digitally in the last twelve months."""
    return within(h, 0, 12.0) or within(h, 1, 12.0)


@formula
def survey_helped(h: Any, here: Any) -> Any:
    """Electricity or water is paid by someone else, and never digitally by the payer in twelve months."""
    proxy = (has_bill(h, 0) and h.method[0] == Method.PROXY) or (has_bill(h, 1) and h.method[1] == Method.PROXY)
    return proxy and not survey_digital(h, here)


@formula
def adults_of(h: Any, here: Any) -> Any:
    """Adults in the household."""
    return h.adults


@formula
def adults_transacting(h: Any, here: Any) -> Any:
    """Adults of households whose payer makes digital payments but pays no utility bill so."""
    return h.adults if h.transacts and not survey_digital(h, here) else 0.0


@formula
def adults_paying(h: Any, here: Any) -> Any:
    """Adults of households that pay a utility bill digitally."""
    return h.adults if survey_digital(h, here) else 0.0


@formula
def customer(h: Any, here: Any, b: int) -> Any:
    """Is a customer of the utility."""
    return has_bill(h, b)


@formula
def late(h: Any, here: Any, b: int) -> Any:
    """The bill of this month is not paid."""
    return has_bill(h, b) and h.late[b] > 0.0


@formula
def paid_by(h: Any, here: Any, b: int, m: int) -> Any:
    """The bill of this month was paid by the method."""
    return has_bill(h, b) and h.late[b] == 0.0 and h.method[b] == m


@formula
def uses(h: Any, here: Any, m: int) -> Any:
    """Is a customer for electricity whose method in use is this one, paid this month or not."""
    return has_bill(h, 0) and h.method[0] == m


@formula
def billed(h: Any, here: Any, b: int) -> Any:
    """VND of the bill issued this month."""
    return h.billed[b] * 1000.0


@formula
def received(h: Any, here: Any, b: int) -> Any:
    """VND that the utility got from the household this month, what was carried included."""
    return h.paid[b] * 1000.0


@formula
def owed(h: Any, here: Any, b: int) -> Any:
    """VND that the household owes at the month's end."""
    return h.owed[b] * 1000.0


@formula
def cut(h: Any, here: Any, b: int) -> Any:
    """Is without supply until what is owed is paid."""
    return has_bill(h, b) and h.cut[b]


@formula
def fee_paid(h: Any, here: Any, b: int, m: int) -> Any:
    """VND of the fee for the bill of this month, when it was paid by the method."""
    return fee_of(h, here, b, m) if paid_by(h, here, b, m) else 0.0


@formula
def fees_by(h: Any, here: Any, m: int) -> Any:
    """VND of fees for all bills that were paid by the method this month."""
    return fee_paid(h, here, 0, m) + fee_paid(h, here, 1, m) + fee_paid(h, here, 2, m)


@formula
def outlay(h: Any, here: Any, b: int) -> Any:
    """VND that leave the household for a bill this month: what the utility gets, and the fee."""
    in_cash = fee_paid(h, here, b, 0) + fee_paid(h, here, b, 1) + fee_paid(h, here, b, 2)
    digital = fee_paid(h, here, b, 3) + fee_paid(h, here, b, 4) + fee_paid(h, here, b, 5)
    return h.paid[b] * 1000.0 + in_cash + digital + fee_paid(h, here, b, 6)


@formula
def value_by(h: Any, here: Any, m: int) -> Any:
    """VND of electricity paid by the method this month."""
    return h.paid[0] * 1000.0 if paid_by(h, here, 0, m) else 0.0


@formula
def gone(h: Any, here: Any) -> Any:
    """A household that once paid digitally dissolved here this month."""
    return h.gone


def counted() -> tuple[Counted, ...]:
    """Return everything that is counted, by name."""
    simple = {
        "households": one,
        "account": column_account,
        "smartphone": smartphone,
        "mobile_money": mobile_money,
        "account_or_money": account_or_money,
        "aware": aware,
        "able": able,
        "transacts": transacts,
        "active": active,
        "using": using,
        "ever": ever,
        "adopted": adopted_now,
        "lapsed": lapsed_now,
        "utility_payers": utility_payer,
        "survey_digital": survey_digital,
        "survey_helped": survey_helped,
        "adults": adults_of,
        "adults_transacting": adults_transacting,
        "adults_paying": adults_paying,
        "gone": gone,
    }
    items: list[Counted] = [(name, f, ()) for name, f in simple.items()]
    for b in BILLS:
        items += [
            (f"customers.{b}", customer, (b,)),
            (f"late.{b}", late, (b,)),
            (f"billed.{b}", billed, (b,)),
            (f"received.{b}", received, (b,)),
            (f"owed.{b}", owed, (b,)),
            (f"cut.{b}", cut, (b,)),
            (f"outlay.{b}", outlay, (b,)),
        ]
        items += [(f"paid.{b}.{m}", paid_by, (b, m)) for m in METHODS]
    items += [(f"value.{m}", value_by, (m,)) for m in METHODS]
    items += [(f"fees.{m}", fees_by, (m,)) for m in METHODS]
    items += [(f"uses.{m}", uses, (m,)) for m in METHODS]
    return tuple(items)
