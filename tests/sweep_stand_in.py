"""A stand-in whose settings a sweep can change, that can be slow, fail, or kill the process that runs it."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from dataclasses import dataclass, replace

from stand_in import Curve, StandIn

from cashless_sim.errors import BadValue, UnknownKey

KEYS = ("push", "months", "households", "slow", "name")


@dataclass(frozen=True)
class Planted(StandIn):
    """Known by its push: ``fatal`` ones kill their process, ``broken`` ones raise; each takes ``slow`` seconds."""

    slow: float = 0.0
    fatal: tuple[float, ...] = ()
    broken: tuple[float, ...] = ()

    def with_(self, changes=None, /, **more):
        wanted = {**(changes or {}), **more}
        for key in ("rules", "campaigns", "observation"):
            wanted.pop(key, None)
        for key in wanted:
            if key not in KEYS:
                raise UnknownKey(where="with_()", key=key, expected=", ".join(KEYS))
        if not -1 < wanted.get("push", 0) < 1:
            raise BadValue(what="push", value=wanted["push"], expected="a number from -1 to 1")
        made = replace(self, **wanted)
        known = repr((made.push, made.months, made.households))
        return replace(made, hash=hashlib.sha256(known.encode()).hexdigest())

    def to_toml(self):
        return f"push = {self.push}\n"

    def build(self, seed=0, replicate=0, threads=None):
        if self.push in self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.push in self.broken:
            raise ZeroDivisionError(f"push {self.push}")
        time.sleep(self.slow)
        return Curve(self, seed, replicate)
