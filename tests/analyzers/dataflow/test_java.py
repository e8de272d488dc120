"""Java: every class and every construct, as one file and unit by unit; and what must not matter does not."""

import re

import pytest
from tests.analyzers.dataflow import flows
from tests.analyzers.dataflow import java_cases as cases
from tests.analyzers.dataflow import java_constructs as parts
from tests.analyzers.dataflow import java_folding_constructs as folding
from tests.analyzers.dataflow import java_paired_constructs as paired

from leery_analyzers.analyzer import Unit
from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.dataflow.document import FlowDocuments
from leery_analyzers.dataflow.rules import flow_rules
from leery_analyzers.outline import Entry
from leery_analyzers.units import segment

pytestmark = pytest.mark.portable

ENGINE = DataflowAnalyzer()
VULNERABLE = [(rule, code) for rule, codes in cases.VULNERABLE.items() for code in codes]
SECURE = [(rule, code) for rule, codes in cases.SECURE.items() for code in codes]
CONSTRUCTS = [(name, True) for name in parts.REACHES] + [(name, False) for name in parts.STOPS]
COMMAND = "shell-command-injection"


def whole(code):
    """The findings of a file that is analysed as one."""
    report = ENGINE.analyze(Unit("java", "file", "", 0, 0, code))
    assert report.notices == ()
    return report.findings


def unit_by_unit(code):
    """The findings of a document, as the server sees it."""
    listed = [Entry(unit.start, unit.end, unit.line, unit.key, unit) for unit in segment(code, "java")]
    report = FlowDocuments(DataflowAnalyzer()).follow(listed).report
    assert report.notices == ()
    return report.findings


def name(case):
    return case if isinstance(case, str) and "\n" not in case else ""


@pytest.mark.parametrize("analyse", [whole, unit_by_unit])
@pytest.mark.parametrize(("rule", "code"), VULNERABLE, ids=name)
def test_a_flow_is_reported_where_it_arrives(rule, code, analyse):
    text, start, end = flows.marked(code)
    found = [f for f in analyse(text) if f.rule == rule]
    assert [(text[f.range.start : f.range.end], f.range.start) for f in found] == [(text[start:end], start)]
    finding = found[0]
    assert finding.cwe == flow_rules()[rule].rule.cwe
    assert finding.confidence != "low"
    assert finding.path[-1].range == finding.range
    assert finding.path[-1].message.startswith("reaches ")
    assert len({(step.range, step.message) for step in finding.path}) == len(finding.path)


@pytest.mark.parametrize("analyse", [whole, unit_by_unit])
@pytest.mark.parametrize(("rule", "code"), SECURE, ids=name)
def test_code_without_a_flow_is_quiet(rule, code, analyse):
    found = [f for f in analyse(code) if f.rule == rule and f.confidence != "low"]
    assert [code[f.range.start : f.range.end] for f in found] == []


def test_every_rule_has_cases():
    java = {name for name, rule in flow_rules().items() if "java" in rule.rule.languages}
    assert java | {"zip-slip"} == set(cases.VULNERABLE) == set(cases.SECURE)
    assert all(len(codes) >= 4 for codes in [*cases.VULNERABLE.values(), *cases.SECURE.values()])


# Constructs


def view(name, *, reaches):
    body, members = (parts.REACHES if reaches else parts.STOPS)[name]
    return f"{parts.HEAD}        {body}\n        {parts.RUN}{parts.MIDDLE}{members}{parts.END}"


def renamed(code):
    return re.sub(r"\b(bar|param|keep|Inner)\b", lambda found: f"{found[0]}_ß", code)


def jakarta(code):
    return code.replace("javax.servlet", "jakarta.servlet")


def qualified(code):
    """Types by their full names and no imports."""
    code = re.sub(r"(?m)^import .*\n", "", code)
    return re.sub(r"(?<![.\w])(HttpServlet(?:Request|Response))\b", r"javax.servlet.http.\1", code)


def extracted(code):
    """What is run in a variable first."""
    return code.replace(parts.RUN, 'String taken = "x " + bar; Runtime r = Runtime.getRuntime(); r.exec(taken);')


def handed_on(code):
    """The handler calls another one, which does it all."""
    head = "    public void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception {\n"
    assert head in code
    return code.replace(head, f"{head}        doPost(request, response);\n    }}\n{head.replace('doGet', 'doPost')}", 1)


@pytest.mark.parametrize("change", [str, renamed, jakarta, qualified, extracted, handed_on])
@pytest.mark.parametrize(("name", "reaches"), CONSTRUCTS)
def test_a_construct(name, reaches, change):
    code = change(view(name, reaches=reaches))
    for found in (whole(code), unit_by_unit(code)):
        reported = [f for f in found if f.rule == COMMAND and f.confidence != "low"]
        assert bool(reported) is reaches
        for finding in reported:
            source = code[finding.path[0].range.start : finding.path[0].range.end]
            assert source.startswith("request.get")
            assert finding.path[-1].range == finding.range


@pytest.mark.parametrize("condition", folding.CONDITIONS)
@pytest.mark.parametrize("reaches", [True, False])
def test_a_condition_that_always_holds(condition, reaches):
    sides = 'param : "x"' if reaches else '"x" : param'
    code = parts.HEAD + f"        String bar = {condition} ? {sides};\n        {parts.RUN}" + parts.MIDDLE + parts.END
    assert any(f.rule == COMMAND for f in unit_by_unit(code)) is reaches


@pytest.mark.parametrize(
    ("case", "reaches"), [(case, True) for case in folding.REACHES] + [(c, False) for c in folding.STOPS]
)
def test_a_further_construct(case, reaches):
    body, members = (folding.REACHES if reaches else folding.STOPS)[case]
    code = parts.HEAD + f"        {body}\n        {parts.RUN}" + parts.MIDDLE + members + parts.END
    reported = [f for f in unit_by_unit(code) if f.rule == COMMAND and f.confidence != "low"]
    assert bool(reported) is reaches
    for finding in reported:
        assert code[finding.path[0].range.start : finding.path[0].range.end].startswith("request.get")


@pytest.mark.parametrize("reaches", [True, False])
@pytest.mark.parametrize("name", paired.PAIRS)
def test_a_pair_that_differs_in_one_place(name, reaches):
    body, vulnerable, secure, *members = paired.PAIRS[name]
    body = body.replace("@", vulnerable if reaches else secure)
    code = parts.HEAD + f"        {body}\n        {parts.RUN}" + parts.MIDDLE + "\n".join(members) + parts.END
    reported = [f for f in unit_by_unit(code) if f.rule == COMMAND and f.confidence != "low"]
    assert bool(reported) is reaches


def test_the_path_names_every_place_in_order():
    code = cases.servlet(
        'String größe = request.getParameter("n");\n        String q = build(größe);\n        c.prepareStatement(q);',
        '    private String build(String v) {\n        return "SELECT a FROM t WHERE b = \'" + v + "\'";\n    }',
    )
    [finding] = [f for f in unit_by_unit(code) if f.rule == "sql-injection"]
    assert [(code[s.range.start : s.range.end], s.message) for s in finding.path] == [
        ('request.getParameter("n")', "comes from the request here"),
        ("größe", "goes into `größe` here"),
        ("größe", "is passed to `build` here"),
        ("build(größe)", "comes back from `build` here"),
        ("q", "goes into `q` here"),
        ("q", "reaches the SQL text inside a quoted text here"),
    ]


@pytest.mark.parametrize(
    ("parameter", "confidence"),
    [
        ("@RequestParam String n", "high"),
        ("@PathVariable String n", "high"),
        ("@RequestParam int n", None),
        ("@PathVariable UUID n", None),
        ("@RequestParam List<Long> n", None),
        ("JdbcTemplate n", None),
        ("String n", "high"),
    ],
)
def test_what_a_handler_is_given(parameter, confidence):
    body = 'return jdbc.queryForList("SELECT a FROM t WHERE b = " + n);'
    method = f'@GetMapping("/x") public Object x({parameter}) {{\n        {body}\n    }}'
    found = [f for f in whole(cases.spring(method)) if f.rule == "sql-injection" and f.confidence != "low"]
    assert [f.confidence for f in found] == ([confidence] if confidence else [])


def test_a_private_method_that_is_called_is_judged_by_its_calls():
    code = cases.plain(
        'void a(Statement s) throws Exception { run(s, "t"); }\n'
        '    private void run(Statement s, String t) throws Exception { s.execute("DELETE FROM " + t); }',
        "import java.sql.*;",
    )
    assert unit_by_unit(code) == ()
    opened = code.replace("private ", "").replace('run(s, "t");', "")
    assert [f.confidence for f in unit_by_unit(opened)] == ["medium"]


STORED = """\
import java.io.*;
import java.util.*;
import javax.servlet.http.*;

public class Wall extends HttpServlet {{
    private final List<String> entries = new ArrayList<>();
    private String last = "";

    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {{
        String text = request.getParameter("text");
        {before}
        entries.add(text);
        last = text;
    }}

    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {{
        response.setContentType("text/html");
        for (String entry : entries) {{
            response.getWriter().println("<li>" + entry + "</li>");
        }}
        response.getWriter().println("<b>" + last + "</b>");
    }}
}}
"""


def test_what_one_request_stores_another_one_shows():
    code = STORED.format(before="")
    found = [code[f.range.start : f.range.end] for f in unit_by_unit(code)]
    assert found == ['"<li>" + entry + "</li>"', '"<b>" + last + "</b>"']
    cleaned = STORED.format(before='text = text.replace("&", "&amp;").replace("<", "&lt;");')
    assert unit_by_unit(cleaned) == ()
