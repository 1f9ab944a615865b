"""The codes that columns, rules and tables share: bills, payment methods, causes, groups."""

from enum import IntEnum


class Bill(IntEnum):
    """A stream of bills, one utility each."""

    ELECTRICITY = 0
    WATER = 1
    TELECOM = 2


class Method(IntEnum):
    """How one bill is paid; ``NONE`` means it was not paid this month (late and carried)."""

    COLLECTOR = 0
    COUNTER = 1
    AGENT = 2
    TRANSFER = 3
    AUTODEBIT = 4
    WALLET = 5
    PROXY = 6
    NONE = 7


class Cause(IntEnum):
    """Why a household first paid digitally, or stopped; campaigns are numbered from 32 on."""

    NOT_YET = 0
    BEFORE_START = 1
    SPONTANEOUS = 2
    PEER = 3
    GATE_OPENED = 4
    CLOSURE = 5
    SHOCK = 6
    CASH_FAILED = 7
    SEASON = 8
    OCCASION = 9
    DIGITAL_FAILED = 10
    INCENTIVE_ENDED = 11
    REGULATION = 12
    NEW_PAYER = 13
    NEW_HOUSEHOLD = 14


class Sex(IntEnum):
    """Sex of the bill payer."""

    FEMALE = 0
    MALE = 1


class Education(IntEnum):
    """Highest level completed by the bill payer."""

    NONE = 0
    PRIMARY = 1
    LOWER_SECONDARY = 2
    UPPER_SECONDARY = 3
    TERTIARY = 4


class Occasion(IntEnum):
    """An occasion to pay or be paid other than a utility bill."""

    NONE = 0
    BENEFIT = 1
    SCHOOL_OR_HOSPITAL = 2
    PUBLIC_SERVICE = 3
    GIFT = 4


BILLS = (int(Bill.ELECTRICITY), int(Bill.WATER), int(Bill.TELECOM))
METHODS = tuple(int(m) for m in Method if m is not Method.NONE)
CASH = (int(Method.COLLECTOR), int(Method.COUNTER), int(Method.AGENT))
DIGITAL = (int(Method.TRANSFER), int(Method.AUTODEBIT), int(Method.WALLET))
FIRST_CAMPAIGN = 32
