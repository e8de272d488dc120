"""JavaScript's containers, numbers, generators and encodings: a value goes on, or its twin does."""

import pytest
from tests.analyzers.dataflow import flows
from tests.analyzers.dataflow import javascript_called_constructs as called
from tests.analyzers.dataflow import javascript_moved_constructs as moved
from tests.analyzers.dataflow import javascript_paired_cases as classes
from tests.analyzers.dataflow import javascript_paired_constructs as constructs

pytestmark = pytest.mark.portable


@pytest.mark.parametrize("reaches", [True, False])
@pytest.mark.parametrize("name", [*constructs.PAIRS, *called.PAIRS, *moved.PAIRS])
def test_one_of_a_pair(name, reaches):
    before, inside = {**constructs.PAIRS, **called.PAIRS, **moved.PAIRS}[name][0 if reaches else 1]
    code = constructs.HEAD + before + constructs.HANDLER + inside + constructs.END
    found = [f for f in flows.document(code, "shell-command-injection", "javascript") if f.confidence != "low"]
    assert bool(found) is reaches


@pytest.mark.parametrize("reaches", [True, False])
@pytest.mark.parametrize("name", classes.PAIRS)
def test_one_of_two_programs(name, reaches):
    rule, *codes = classes.PAIRS[name]
    found = [f for f in flows.document(codes[not reaches], rule, "javascript") if f.confidence != "low"]
    assert bool(found) is reaches


@pytest.mark.parametrize("given", ["q", "'x'"])
def test_a_generator_of_more_than_is_kept_one_by_one(given):
    before = "function* parts(q) {\n" + "  yield 'a';\n" * 80 + f"  yield {given};\n}}\n"
    code = constructs.HEAD + before + constructs.HANDLER + "  const v = [...parts(q)].join(' ');\n" + constructs.END
    assert bool(flows.document(code, "shell-command-injection", "javascript")) is (given == "q")


@pytest.mark.parametrize(
    ("kind", "module", "read"),
    [
        ("Context", "hono", "c.req.query('name')"),
        ("Context<Env>", "hono", "c.req.param('name')"),
        ("Context", "koa", "c.query.name"),
        ("H3Event", "h3", "getQuery(c).name"),
        ("RequestEvent", "@sveltejs/kit", "c.url.searchParams.get('name')"),
    ],
)
def test_an_event_is_known_by_its_type(kind, module, read):
    head = f"import type {{ {kind.partition('<')[0]} }} from '{module}';\nimport {{ exec }} from 'child_process';\n"
    code = head + f"export async function show(c: {kind}) {{\n  exec('ls ' + {read});\n}}\n"
    found = flows.document(code, "shell-command-injection", "typescript")
    assert [finding.confidence for finding in found] == ["high"]
