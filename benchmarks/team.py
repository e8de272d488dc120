"""`python -m benchmarks.team`: the queries of docs/team.md over a large generated lake of Parquet, in DuckDB.

The columns are those of the export. Rows are made and written as a stream, three or so a block: it comes, findings open
and close, some are reviewed. Leaves are as long as real ones and say what the columns say, but belong to no tree:
verification is measured by `benchmarks.log`, on real logs.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
from benchmarks.measure import Verdict, machine, print_machine, print_verdicts, save

from leery.log.export import parquet

_PAGE = Path(__file__).parents[1] / "docs" / "team.md"
_BUDGET = 2_000.0
_DAYS, _REPOSITORIES, _LOGS, _PARTS = 180, 4, 40, 18

_ROWS = """
SELECT
  'log-' || (i // 6 % {logs}) AS log,
  now()::TIMESTAMP - to_seconds((1 - i / {count}) * 86400 * {days}) AS time,
  i // 6 // {logs} * 6 + i % 6 AS index,
  md5('id' || i) AS id,
  'run-' || (i // 60000) AS run,
  CASE i % 6 WHEN 0 THEN 'insertion' WHEN 1 THEN CASE WHEN h % 3 THEN 'insertion' ELSE 'finding-opened' END
             WHEN 2 THEN CASE WHEN h % 3 THEN 'insertion' ELSE 'finding-closed' END
             WHEN 3 THEN 'insertion' WHEN 4 THEN CASE WHEN h % 5 THEN 'insertion' ELSE 'review' END
             ELSE CASE h % 20 WHEN 0 THEN 'gap' WHEN 1 THEN 'lapse' WHEN 2 THEN 'suppression' ELSE 'insertion' END
             END AS type,
  2::BIGINT AS v, 0::BIGINT AS redacted, false AS clipped,
  'b' || (CASE WHEN type IN ('insertion', 'gap', 'suppression') THEN i ELSE i // 6 * 6 END) AS block,
  CASE WHEN type <> 'gap' THEN 'src/module_' || (i // 6 % 997) || '.py' END AS file,
  CASE WHEN type = 'insertion' THEN ['claude-code', 'copilot', 'cursor', 'codex'][h % 4 + 1] END AS origin_assistant,
  CASE WHEN type = 'insertion' THEN 'model-' || (h % 7) END AS origin_model,
  CASE WHEN type = 'insertion' THEN 'agent' END AS origin_kind,
  CASE WHEN type = 'insertion' THEN 'reported' END AS origin_evidence,
  CASE WHEN type = 'insertion' THEN 'session-' || (i // 600) END AS origin_session,
  CASE WHEN type = 'insertion' THEN 12 END::BIGINT AS length,
  CASE WHEN type IN ('finding-opened', 'finding-closed', 'suppression') THEN md5((i // 6)::VARCHAR) END AS fingerprint,
  CASE WHEN fingerprint IS NOT NULL THEN 'rule-' || (i // 6 % 61) END AS rule,
  CASE WHEN type = 'finding-opened' THEN ['CWE-' || (i // 6 % 61 + 20)] END AS cwe,
  CASE WHEN type = 'finding-opened' THEN ['low', 'medium', 'high'][h % 7 % 3 + 1] END AS severity,
  CASE WHEN type = 'finding-closed' THEN ['fixed', 'edited', 'suppressed'][h % 7 % 3 + 1] END AS how,
  CASE WHEN type = 'review' THEN 'approved' END AS decision,
  CASE WHEN type = 'lapse' THEN 'review' END AS of,
  CASE WHEN type = 'suppression' THEN (current_date + (h % 90)::INTEGER)::VARCHAR END AS expires,
  CASE WHEN type = 'gap' THEN 'changed-unseen' END AS what,
  CASE WHEN type = 'gap' THEN 1 END::BIGINT AS "count",
  to_json({{block: block, commitments: {{code: md5(i::VARCHAR) || md5((i + 1)::VARCHAR)}}, decision: decision,
            file: file, fingerprint: fingerprint, how: how, id: id, lines: [[10, 21]],
            origin: {{assistant: origin_assistant, evidence: origin_evidence, kind: origin_kind, model: origin_model,
                     session: origin_session}},
            rule: rule, run: run, type: type, v: 2}})::VARCHAR::BLOB AS leaf,
  time::DATE AS date,
  ['shop', 'web', 'api', 'tools'][i // 6 % {logs} % {repositories} + 1] AS repository
FROM (SELECT range AS i, (hash(range // 6) % 1000003)::BIGINT AS h FROM range({start}, {stop}))
"""


def queries(page: str) -> dict[str, str]:
    """The SQL of a page by name, without the view."""
    found = re.findall(r"```sql\n-- name: (.*?)\n(.*?)```", page, re.DOTALL)
    return {name: text for name, text in found if name != "entries"}


def make(folder: Path, entries: int, memory: str = "4GB") -> None:
    """Write a lake of so many entries, some days at a time."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute("SET preserve_insertion_order = false")
        arrow, _ = parquet._libraries()  # noqa: SLF001 - the columns are the export's own
        connection.register("form", parquet._schema(arrow).empty_table())  # noqa: SLF001
        step = -(-entries // _PARTS)
        for start in range(0, entries, step):
            numbers = {"start": start, "stop": min(start + step, entries), "count": entries}
            rows = _ROWS.format(**numbers, days=_DAYS, logs=_LOGS, repositories=_REPOSITORIES)
            connection.execute(
                f"COPY (SELECT * FROM form UNION ALL BY NAME ({rows})) TO '{folder}' (FORMAT parquet, COMPRESSION zstd,"
                f" PARTITION_BY (date, repository), APPEND, FILENAME_PATTERN 'part-{start}-{{uuid}}')"
            )


def measure(folder: Path) -> tuple[int, dict[str, float]]:
    """How many entries there are, and milliseconds of each query: the middle one of three."""
    with duckdb.connect() as connection:
        view = f"CREATE VIEW entries AS SELECT * FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        connection.execute(view)
        (count,) = connection.execute("SELECT count(*) FROM entries").fetchall()[0]
        taken = {}
        for name, text in queries(_PAGE.read_text(encoding="utf-8")).items():
            times = []
            for _ in range(3):
                began = time.perf_counter()
                connection.sql(text).to_arrow_table()
                times.append((time.perf_counter() - began) * 1_000)
            taken[name] = sorted(times)[1]
        return int(count), taken


def main() -> None:
    """Make a lake, time the queries, print and save the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--entries", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, help="keep the lake there, and use it again")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="leery-lake-"))
    about = machine()
    print_machine(about)
    try:
        if not any(folder.glob("date=*")):
            began = time.perf_counter()
            make(folder, arguments.entries)
            print(f"{arguments.entries:,} entries made in {time.perf_counter() - began:.0f} s")  # noqa: T201
        count, taken = measure(folder)
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    verdicts = [Verdict(f"{name}, {count:,} entries", value, _BUDGET, "ms") for name, value in taken.items()]
    print_verdicts(verdicts)
    save("team", {"machine": about, "entries": count, "milliseconds": taken})


if __name__ == "__main__":
    main()
