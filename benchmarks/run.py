"""`python -m benchmarks.run`: measure, print tables and verdicts, keep everything as JSON.

Ends with 1 when a budget is missed and `--strict` was given, else with 0: on a loaded machine a miss may be noise.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import burst, flows, latency, loop_lag, scan, startup
from benchmarks.measure import Stolen, console, machine, print_machine, print_verdicts, save
from benchmarks.servers import RULES, Leery, LeeryHinted, Ruff, Semgrep

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.measure import Verdict

Json = dict[str, Any]

_NAMES = {server.name.replace(", ", "-").split()[0]: server.name for server in (Leery, LeeryHinted, Ruff, Semgrep)}


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parts = ["latency", "loop", "burst", "startup", "flows", "scan"]
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="few samples of few sizes: that it runs, not how fast")
    parser.add_argument(
        "--sizes", type=lambda text: [int(part) for part in text.split(",")], help="lines, e.g. 40,3000"
    )
    parser.add_argument("--rounds", type=int, help="samples of each kind")
    parser.add_argument("--servers", default=",".join(_NAMES), help="of %(default)s")
    parser.add_argument("--rules", type=Path, default=RULES, help="semgrep rules; Leery's own when not given")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a budget is missed")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(parts) | set(arguments.servers.split(",")) - set(_NAMES)
    if unknown:
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    arguments.parts = arguments.parts or parts
    return arguments


def _plans(arguments: argparse.Namespace) -> dict[str, Callable[[], tuple[Json, list[Verdict]]]]:
    quick = arguments.quick
    sizes = arguments.sizes or ([40, 1000] if quick else list(latency.SIZES))
    rounds = arguments.rounds or (5 if quick else 60)
    wanted = [_NAMES[name] for name in arguments.servers.split(",")]
    return {
        "latency": lambda: latency.run(wanted, sizes, rounds, arguments.rules),
        "loop": lambda: loop_lag.run(2.0 if quick else 12.0),
        "burst": burst.run,
        "startup": lambda: startup.run(1 if quick else 7),
        "flows": lambda: flows.run(10 if quick else 60, flows.SIZES[:2] if quick else flows.SIZES, arguments.rules),
        "scan": lambda: scan.run(60 if quick else 2000, 1 if quick else 2, arguments.rules),
    }


def main() -> int:
    """Run what was asked for; a part that cannot run is said so and the others still do."""
    arguments = _arguments()
    about = machine()
    print_machine(about)
    record: Json = {"machine": about, "arguments": {k: str(v) for k, v in vars(arguments).items()}}
    verdicts: list[Verdict] = []
    failed = []
    for name, plan in _plans(arguments).items():
        if name not in arguments.parts:
            continue
        console.rule(name, style="dim")
        stolen = Stolen()
        try:
            record[name], found = plan()
        except Exception:  # noqa: BLE001 - one part must not take the others' figures with it
            failed.append(name)
            record[name] = {"failed": traceback.format_exc()}
            console.print(f"[red]{name} could not be measured[/]")
            console.print(traceback.format_exc(), style="dim", markup=False)
            continue
        record[name]["stolen percent"] = round(stolen.percent(), 1)
        console.print(f"of the processors' time, {stolen.percent():.1f} % was taken by the machine's host", style="dim")
        print_verdicts(found)
        verdicts += found
    missed = sum(not verdict.held for verdict in verdicts)
    path = save("quick" if arguments.quick else "run", record)
    console.print(f"{len(verdicts) - missed} budgets held, {missed} missed; record in {path}")
    return 2 if failed else 1 if missed and arguments.strict else 0


if __name__ == "__main__":
    sys.exit(main())
