"""Proof that a rule is sound: `check_rule`, for the tests of whoever writes one."""

from cashless_sim.testing.checking import check_rule
from cashless_sim.testing.finding import CHECKS, Finding, Report
from cashless_sim.testing.ground import few

__all__ = ["CHECKS", "Finding", "Report", "check_rule", "few"]
