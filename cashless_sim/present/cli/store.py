"""``cashless-sim store``: what a store holds, whether it is sound, cleared, merged."""

from __future__ import annotations

from dataclasses import asdict

from cashless_sim.errors import BadValue
from cashless_sim.experiment.store import Store
from cashless_sim.experiment.upkeep import Contents, contents, gc, merge, verify
from cashless_sim.present.cli.as_json import put
from cashless_sim.present.locale.sentences import number, say, several

SOUND, UNSOUND = 0, 2
SHORT = 12
MEGABYTE = 1_000_000


def listed(path: str, failed: bool, tongue: str, as_json: bool = False) -> int:
    """Print sweeps, runs and code versions, with ``failed`` the tracebacks in quarantine; return 0."""
    with Store(path, make=False) as store:
        found = contents(store)
    if as_json:
        put(asdict(found))
        return SOUND
    if failed:
        for label, trace in found.failures:
            print(f"{label}\n{trace}")
        return SOUND
    _table(found, tongue)
    size = number(found.size / MEGABYTE, tongue, 1)
    print(several("store.total", tongue, found.runs, runs=number(found.runs, tongue), size=size))
    for code, count in found.codes.items():
        print(several("store.code", tongue, count, code=code[:SHORT], runs=number(count, tongue)))
    return SOUND


def _table(found: Contents, tongue: str) -> None:
    head = tuple(say(f"store.head.{name}", tongue) for name in ("sweep", "asked", "finished", "failed"))
    body = [
        (one.name, *(number(count, tongue) for count in (one.asked, one.finished, one.failed))) for one in found.sweeps
    ]
    widths = [max(len(row[n]) for row in [head, *body]) for n in range(len(head))]
    for row in [head, *body]:
        print("  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]))


def verified(path: str, drop: bool, tongue: str) -> int:
    """Recompute every checksum and print what is damaged; return 0, or 2 when something is and stays."""
    with Store(path, make=False) as store:
        found = verify(store, drop)
    for key in found.damaged:
        print(say("store.dropped" if drop else "store.damaged", tongue, key=key[:SHORT]))
    for name in found.designs:
        print(say("store.design.dropped" if drop else "store.design.damaged", tongue, name=name))
    if not found.whole:
        print(say("store.broken", tongue, store=path))
    print(
        several(
            "store.sound",
            tongue,
            found.sound,
            sound=number(found.sound, tongue),
            damaged=number(len(found.damaged), tongue),
        )
    )
    return SOUND if found.whole and (drop or not (found.damaged or found.designs)) else UNSOUND


def cleared(path: str, forget: str | None, tongue: str) -> int:
    """Drop what no sweep names and the quarantine; return 0."""
    with Store(path, make=False) as store:
        found = gc(store, forget)
    facts = {"runs": number(found.runs, tongue), "failures": number(found.failures, tongue)}
    print(say("store.cleared", tongue, **facts))
    return SOUND


def merged(into: str, others: tuple[str, ...], tongue: str) -> int:
    """Copy other stores into one; return 0, or 2 when runs were damaged or told different numbers; raise `BadValue`."""
    code = SOUND
    for path in others:
        Store(path, make=False).close()
    with Store(into) as store:
        for path in others:
            with Store(path, make=False) as other:
                if store.path.resolve() == other.path.resolve():
                    raise BadValue(what="store to merge", value=path, expected="another store than the first")
                found = merge(store, other)
            facts = {
                name: number(count, tongue)
                for name, count in (
                    ("added", found.added),
                    ("present", found.present),
                    ("damaged", found.damaged),
                    ("conflicting", len(found.conflicting)),
                )
            }
            print(several("store.merged", tongue, found.added, store=path, **facts))
            for key in found.conflicting:
                print(say("store.conflict", tongue, key=key[:SHORT]))
            code = UNSOUND if found.damaged or found.conflicting else code
    return code
