"""The pieces generated source code is put together from: data only, `$name` stands for something drawn from the seed.

`$a` and `$b` are the collection and the mapping a function works on, `$n` and `$m` are nouns, `$i` and `$j` numbers,
`$f` is the name of the function and `$k` a serial number that makes every piece different.
"""

from __future__ import annotations

from dataclasses import dataclass

_WORDS = """
account address agent archive article audit badge basket batch booking branch budget cache calendar campaign card
catalog channel client column comment company contract country coupon course credit currency customer device
discount document draft driver employee entry event feature field filter folder forecast form group header
image index invoice item job journal label ledger lesson limit line list location message meter metric model note
notice offer option order owner page parcel partner payment period person phase photo plan policy price
product profile project queue quota quote rate reading receipt record region report request response result review
role room route row rule sample schedule section sensor series session shipment signal slot source stage state
station status step stock store student supplier survey table tag task team template ticket topic track trade
transfer trip unit update user value vehicle vendor version visit voucher wallet warehouse window worker zone
"""
_ACTIONS = """
add apply archive assign attach balance build check clean close collect combine compare complete compute confirm
convert copy count create decide derive describe detach divide drop estimate expand extend filter find fold format
gather group import join limit list load map mark match measure merge move normalize open order parse pick plan
prepare print publish rank read rebuild reduce refresh release rename render repair replace reset resolve round
scale schedule score select send share shift sort split start store sum switch trim update validate weigh write
"""
NOUNS = tuple(_WORDS.split())
VERBS = tuple(_ACTIONS.split())


@dataclass(frozen=True, slots=True)
class Language:
    """How to write files of one language.

    Attributes:
        suffix: of the files.
        head: before the first function.
        opening: a function's signature and first lines.
        statements: what may stand in its body, indented by `indent`.
        closing: its last lines.
        insecure: statements that scanners report; they use only what `head` imports.
        tail: after the last function.
        indent: of a body relative to the file's margin.
    """

    suffix: str
    head: str
    opening: str
    statements: tuple[str, ...]
    closing: str
    insecure: tuple[str, ...]
    tail: str = ""
    indent: str = "    "


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(piece.strip("\n") for piece in text.split("\n---\n"))


PYTHON = Language(
    suffix=".py",
    head='''"""The $n part of the $m service."""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import requests
from flask import request

logger = logging.getLogger(__name__)''',
    opening='''def $f($me$a: list[dict[str, object]], $b: dict[str, int] | None = None) -> dict[str, int]:
    """Collect the $a of one $n.

    Entries without a $m are counted once: naïve, but cheap.
    """
    $b = dict($b or {})
    total = $i''',
    statements=_pieces("""
for $n in $a:
    if $n.get("$m") is None or $n["$m"] == "":
        continue
    $b[str($n["$m"])] = $b.get(str($n["$m"]), 0) + 1
    total += $j
---
${n}_names = sorted({str(entry.get("$m", "")) for entry in $a} - {""})
total += len(${n}_names)
---
try:
    ${n}_rows = json.loads(Path("$m-$k.json").read_text(encoding="utf-8"))
except (OSError, ValueError) as error:
    logger.warning("no $m: %s", error)
    ${n}_rows = []
total += len(${n}_rows)
---
${n}_groups = defaultdict(list)
for position, entry in enumerate($a):
    key = (str(entry.get("$m")), position % $i)
    ${n}_groups[key].append(entry)
# The $m decides; ties fall to the earlier $n.
total = max((len(group) for group in ${n}_groups.values()), default=total)
---
${n}_limit = datetime.now(timezone.utc) - timedelta(days=$i)
if total > $j and ${n}_limit.year > 1990:
    $b["$m"] = total // $i
elif not $a:
    raise ValueError(f"no $m in {len($a)} entries")
---
with Path("$n-$k.txt").open(encoding="utf-8") as stream:
    for line in stream:
        left, _, right = line.partition("=")
        if left.strip() and right.strip().isdigit():
            $b[left.strip()] = int(right)
---
${n}_digest = hashlib.sha256()
for entry in $a:
    ${n}_digest.update(json.dumps(entry, sort_keys=True, default=str).encode("utf-8"))
$b[${n}_digest.hexdigest()[:12]] = total
---
while total > ${i}00:
    total -= len($b) + $j
    $b.setdefault("$n-$m", total)
"""),
    closing="""    logger.debug("%d $a, total %d", len($a), total)
    return $b""",
    insecure=_pieces("""
subprocess.call(f"ls -l {$b} $n-$k", shell=True)
---
response_$k = requests.get(f"https://{total}.example/$n", verify=False, timeout=$i)
---
marker_$k = hashlib.md5(str($a).encode()).hexdigest()
---
total += eval(str($a[$i]))
"""),
)

PYTHON_CLASS = '''@dataclass
class $c:
    """One $n and its $m."""

    ${n}_id: int
    ${n}_label: str = "$m"
    ${n}_values: list[float] = field(default_factory=list)'''

PYTHON_CONSTANTS = _pieces("""
$u = ("$n", "$m", "$n-$i")
---
$u = {"$n": $i, "$m-$k": $j}
---
$u = Path("data") / "$n.json"
---
$u = timedelta(minutes=$i)
""")

_SCRIPT = _pieces("""
for (const $n of $a) {
  if ($n.$m === undefined || $n.$m === "") continue;
  $b.set(String($n.$m), ($b.get(String($n.$m)) ?? 0) + $j);
  total += $i;
}
---
const ${n}Names$k = [...new Set($a.map((entry) => String(entry.$m)))].sort();
total += ${n}Names$k.length;
---
let ${n}Rows$k = [];
try {
  ${n}Rows$k = JSON.parse(fs.readFileSync("$m-$k.json", "utf8"));
} catch (error) {
  console.warn("no $m", error);
}
total += ${n}Rows$k.length;
---
while (total > ${i}00) {
  total -= $b.size + $j;
}
---
if (total > $j && $a.length > $i) {
  $b.set("$m", Math.floor(total / $i));
} else if ($a.length === 0) {
  throw new Error(`no $m in ${$a.length} entries`);
}
""")
_SCRIPT_INSECURE = _pieces("""
child.exec("ls -l " + $a[$i] + " $n-$k");
---
document.getElementById("$n-$k").innerHTML = $a[$i];
---
total += eval(String($a[$i]));
---
const digest$k = crypto.createHash("md5").update(String(total)).digest("hex");
""")
_SCRIPT_HEAD = 'import child from "child_process";\nimport crypto from "crypto";\nimport fs from "fs";'

JAVASCRIPT = Language(
    suffix=".js",
    head="// The $n part of the $m service.\n" + _SCRIPT_HEAD,
    opening="export function $f($a, $b = new Map()) {\n  let total = $i;",
    statements=_SCRIPT,
    closing="  return [$b, total];\n}",
    insecure=_SCRIPT_INSECURE,
    indent="  ",
)

TYPESCRIPT = Language(
    suffix=".ts",
    head="// The $n part of the $m service.\n" + _SCRIPT_HEAD,
    opening="export function $f($a: any[], $b: Map<string, number> = new Map()): [Map<string, number>, number] {\n"
    "  let total: number = $i;",
    statements=_SCRIPT,
    closing="  return [$b, total];\n}",
    insecure=_SCRIPT_INSECURE,
    indent="  ",
)

JAVA = Language(
    suffix=".java",
    head="""package service;

import java.security.MessageDigest;
import java.sql.Statement;
import java.util.*;

/** The $n part of the $m service. */
public class Service {""",
    opening="""    public Map<String, Integer> $f(List<Map<String, String>> $a, Statement statement) throws Exception {
        Map<String, Integer> $b = new HashMap<>();
        int total = $i;""",
    statements=_pieces("""
for (Map<String, String> $n : $a) {
    if ($n.get("$m") == null) continue;
    $b.merge($n.get("$m"), $j, Integer::sum);
}
---
List<String> ${n}Names$k = new ArrayList<>();
for (Map<String, String> entry : $a) ${n}Names$k.add(entry.getOrDefault("$m", ""));
Collections.sort(${n}Names$k);
total += ${n}Names$k.size();
---
while (total > ${i}00) {
    total -= $b.size() + $j;
}
---
if (total > $j && $a.size() > $i) {
    $b.put("$m", total / $i);
} else if ($a.isEmpty()) {
    throw new IllegalStateException("no $m in " + $a.size());
}
"""),
    closing="        return $b;\n    }",
    insecure=_pieces("""
statement.executeQuery("SELECT * FROM $n WHERE id = '" + $a.get($i).get("$m") + "'");
---
byte[] digest$k = MessageDigest.getInstance("MD5").digest("$n-$k".getBytes());
---
Runtime.getRuntime().exec("ls -l " + $a.get($i).get("$m-$k"));
"""),
    tail="}",
    indent="        ",
)

GO = Language(
    suffix=".go",
    head="""// Package service is the $n part of the $m service.
package service

import (
	"crypto/md5"
	"errors"
	"fmt"
	"os/exec"
	"sort"
)""",
    opening="""func $f($a []map[string]string) (map[string]int, error) {
	$b := map[string]int{}
	total := $i""",
    statements=_pieces("""
for _, $n := range $a {
	if $n["$m"] == "" {
		continue
	}
	$b[$n["$m"]] += $j
}
---
${n}Names$k := []string{}
for _, entry := range $a {
	${n}Names$k = append(${n}Names$k, entry["$m"])
}
sort.Strings(${n}Names$k)
total += len(${n}Names$k)
---
for total > ${i}00 {
	total -= len($b) + $j
}
---
if total > $j && len($a) > $i {
	$b["$m"] = total / $i
} else if len($a) == 0 {
	return nil, errors.New("no $m")
}
"""),
    closing='	fmt.Println("$n", total)\n	return $b, nil\n}',
    insecure=_pieces("""
exec.Command("sh", "-c", "ls -l "+$a[$i]["$m-$k"]).Run()
---
digest$k := md5.Sum([]byte($a[$i]["$n"]))
fmt.Println(digest$k)
"""),
    indent="\t",
)
