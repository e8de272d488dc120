"""What C# and Go functions test, choose or look up before they use it becomes no finding; what they do not, does."""

from __future__ import annotations

import pytest

from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.units import segment

ENGINE = ChecksAnalyzer()

_CSHARP = """\
class Shop {{
    {members}
    void F(SqlConnection connection, string column, List<int> ids) {{
        {before}
        connection.Query("SELECT * FROM t ORDER BY " + {value});
    }}
}}
"""
_GO = """\
package shop

{members}

func f(db *sql.DB, column string, ids []int) error {{
	{before}
	_, err := db.Query("SELECT * FROM t ORDER BY " + {value})
	return err
}}
"""


def _marked(text: str, language: str) -> list[tuple[str, str]]:
    """The text and the confidence of each finding."""
    return [
        (unit.text[finding.range.start : finding.range.end], finding.confidence)
        for unit in segment(text, language)
        for finding in ENGINE.analyze(unit).findings
    ]


@pytest.mark.parametrize(
    ("members", "before", "value"),
    [
        ('private const string Table = "users";', "", "Table"),
        ('private static readonly string Order = "name";', "", "Order"),
        ("", 'var order = column switch { "a" => "name", _ => throw new Error() };', "order"),
        ("", 'string order; switch (column) { case "a": order = "b"; break; default: order = "c"; break; }', "order"),
        ("", 'switch (column) { case "a": break; default: throw new Error(); }', "column"),
        ("", 'if (column != "name" && column != "price") throw new Error();', "column"),
        ("", 'if (column != "name") column = "price";', "column"),
        ("", "if (!Regex.IsMatch(column, Pattern)) return;", "column"),
        ("", "if (!int.TryParse(column, out var id)) return;", "id"),
        ("", "if (!Columns.TryGetValue(column, out var order)) return;", "order"),
        ("", "if (!IsValidColumn(column)) return;", "column"),
        ("", 'var order = column == "a" ? "name" : "price";', "order"),
        ("", "", "(int)ids[0]"),
        ("", 'var order = string.Join(",", ids);', "order"),
        ("", 'var order = string.Join(",", names.Select((_, i) => "@p" + i));', "order"),
        ("", 'var text = new StringBuilder("a"); text.Append("b");', "text.ToString()"),
        ("", "", "Tables.Users"),
        ("", "", "_order"),
        ("", "", "column.Length"),
        ("", 'foreach (var order in new[] { "name", "price" }) Log(order);', "order"),
        ("", 'if (!new Regex("^[a-z]+$").IsMatch(column)) return;', "column"),
    ],
)
def test_harmless_in_csharp(members, before, value):
    assert _marked(_CSHARP.format(members=members, before=before, value=value), "csharp") == []


@pytest.mark.parametrize(
    ("members", "before", "value", "sure"),
    [
        ('private string Table = "users";', "", "column", "medium"),
        ("", 'if (column == "name") return;', "column", "medium"),
        ("", 'if (column != "name") Log();', "column", "medium"),
        ("", "if (!int.TryParse(other, out var id)) return;", "column", "medium"),
        ("", 'var order = column switch { "a" => "name", _ => column };', "order", "medium"),
        ("", 'var text = new StringBuilder("a"); text.Append("b").Append(column);', "text.ToString()", "medium"),
        ("", "", "column.Trim()", "medium"),
        ("", "", "Order", "low"),
        ("", "var order = OrderOf(connection);", "order", "low"),
    ],
)
def test_harmful_in_csharp(members, before, value, sure):
    text = f'"SELECT * FROM t ORDER BY " + {value}'
    assert _marked(_CSHARP.format(members=members, before=before, value=value), "csharp") == [(text, sure)]


@pytest.mark.parametrize(
    ("members", "before", "value"),
    [
        ('const table = "users"', "", "table"),
        ('const (\n\tfirst = iota\n\torder = "name"\n)', "", "order"),
        ('var order = "name"', "", "order"),
        ('var orders = map[string]string{"a": "name"}', "", 'orders["a"]'),
        ('var orders = map[string]string{"a": "name"}', "order, ok := orders[column]", "order"),
        ("", 'orders := map[string]string{"a": "name"}\n\torder := orders[column]', "order"),
        ("", 'switch column {\n\tcase "a", "b":\n\tdefault:\n\t\treturn errColumn\n\t}', "column"),
        ("", "if _, ok := columns[column]; !ok {\n\t\treturn errColumn\n\t}", "column"),
        ("", 'if column != "a" && column != "b" {\n\t\treturn errColumn\n\t}', "column"),
        ("", 'if column != "a" {\n\t\tcolumn = "b"\n\t}', "column"),
        ("", "if !pattern.MatchString(column) {\n\t\treturn errColumn\n\t}", "column"),
        ("", "if err := validateColumn(column); err != nil {\n\t\treturn err\n\t}", "column"),
        ("", 'if !slices.Contains([]string{"a", "b"}, column) {\n\t\treturn errColumn\n\t}', "column"),
        ("", "order := strconv.Itoa(len(column))", "order"),
        ("", 'var b strings.Builder\n\tb.WriteString("name")', "b.String()"),
        ("var order = pick()", "", "order"),
        ("", 'var order string\n\tfor _, order = range []string{"name", "price"} {\n\t}', "order"),
        ("", "if !regexp.MustCompile(`^[a-z]+$`).MatchString(column) {\n\t\treturn errColumn\n\t}", "column"),
    ],
)
def test_harmless_in_go(members, before, value):
    assert _marked(_GO.format(members=members, before=before, value=value), "go") == []


@pytest.mark.parametrize(
    ("members", "before", "value", "sure"),
    [
        ("var order = pick()", "", "column", "medium"),
        ("", 'if column == "a" {\n\t\treturn errColumn\n\t}', "column", "medium"),
        ("", "if _, ok := columns[column]; !ok {\n\t\tlog(column)\n\t}", "column", "medium"),
        ("", 'var b strings.Builder\n\tb.WriteString("name")\n\tb.WriteString(column)', "b.String()", "medium"),
        ("", "order := orderOf(db)", "order", "low"),
    ],
)
def test_harmful_in_go(members, before, value, sure):
    text = f'"SELECT * FROM t ORDER BY " + {value}'
    assert _marked(_GO.format(members=members, before=before, value=value), "go") == [(text, sure)]
