"""A record filled with whatever a request brings.

A form that shows three fields does not stop a request from sending a fourth: ``is_admin``, ``balance``, ``owner``.
Take the fields that are meant, by name.

Left alone: data that a schema or a list of fields has gone over, and filters of a query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, is_python, key_of, literal_text, pairs
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PYTHON = """
(call function: (_) @called arguments: (argument_list (dictionary_splat (_) @data))) @made
(for_statement left: (_) @pair right: (call) @items body: (block) @body) @loop
(assignment left: (identifier) @fields right: (string) @all (#eq? @fields "fields")) @meta
(assignment left: (identifier) @excluded right: [(list) (tuple)] @some (#eq? @excluded "exclude")) @denied
"""
_WHOLE = lazy_regex(
    r"(await\s+)?(self\.)?request\.(get_json\(.*\)|json(\(\))?|form(\.to_dict\(.*\))?|POST(\.dict\(\))?|data|"
    r"args(\.to_dict\(\))?|GET(\.dict\(\))?|values)|"
    r"(await\s+)?(req|request|ctx\.request|ctx|c\.req|event)\.(body|query|json\(\)|params)|"
    r"json\.loads\((self\.)?request\.(body|data).*\)",
    re.DOTALL,
)
_KEYS_OF = lazy_regex(r"Object\.(?:keys|entries)\((.*)\)", re.DOTALL)
_UNTYPED = r"@Body\(\)\s*{}\s*(?::\s*(?:any|unknown|object|Partial<\w+>|Record<[^>]*>))?\s*[,)]"
_REST = r"\{{[^{{}}]*\.\.\.\s*{}\s*\}}\s*(?::\s*\w+\s*)?=\s*(?:await\s+)?(\w+)(\.\w+)?(?:\.(?:body|json\(\)))"
_MODEL = lazy_regex(r"[A-Z][A-Za-z0-9]*$")
_NOT_MODEL = lazy_regex(
    r"Form$|Schema$|Serializer$|Response$|Request$|Error$|Exception$|Input$|Create$|Update$|DTO$|Dto$|"
    r"Config$|Query$|Params$|^(URLSearchParams|FormData|Date|Error|Map|Set|Headers|Blob|Buffer|Request|"
    r"Response|Uint8Array|Promise)$"
)
_WRITES = frozenset({"create", "update", "update_or_create", "insert", "values", "get_or_create"})
_SCRIPT_WRITES = frozenset(
    {
        "create",
        "update",
        "findByIdAndUpdate",
        "findOneAndUpdate",
        "updateOne",
        "insertMany",
        "build",
        "upsert",
        "insert",
    }
    | {"bulkCreate", "findOneAndReplace", "replaceOne", "insertOne", "updateMany", "save"}
)
_LIBRARY = lazy_regex(
    r"(?i)^(console|axios|http|https|fetch|stripe|schema|validator|joi|zod|yup|z|client|api|hash|crypto|"
    r"hmac)\b|service$|client$|api$|Schema$|validator$|hash$|hmac$"
)
_DEEPEST = 2
_QUERY = lazy_regex(r"\.query\b|\.filter(_by)?\(|\bupdate\(|\binsert\(|\.where\(")
_MESSAGE = "`{}` takes every field that the request brings, also those that only the program may set."
_EXCLUDED = "All other fields of the account can be written, also those added later: name the fields that may be."
_ACCOUNT = lazy_regex(r"\bmodel\s*=\s*(?:get_user_model\(\)|\w*(?:User|Account|Member|Profile)\b)")
_FIELDS = 'With `"__all__"` every field of the model can be written, also those added later.'


class MassAssignment(Check):
    """Finds records filled from whole requests."""

    summary = "A record filled with whatever a request brings"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-915",)
    owasp = ("A08:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(f".{name}" for name in _SCRIPT_WRITES) | {
        "Object.assign",
        "_.merge",
        "_.assign",
        "_.extend",
        "lodash.merge",
    }
    query: ClassVar[Mapping[str, str]] = {
        "python": _PYTHON,
        **dict.fromkeys(
            JAVASCRIPT,
            "(new_expression constructor: (_) @model arguments: (arguments . (_) @data)) @built "
            "(for_in_statement left: (_) @key right: (_) @source body: (_) @body) @each",
        ),
    }

    VALID = (
        'größe = request.get_json()\nuser = User(name=größe["name"])\n',
        "user = User(**schema.load(request.json))\nquery = Model.objects.filter(**request.args)\n",
        "for key, value in options.items():\n    setattr(self, key, value)\n",
        'class Meta:\n    fields = ["größe"]\n\n\nform = LoginForm(**request.form)\n',
        Valid(
            "const user = new User({ name: req.body.name });\nconst q = new URLSearchParams(req.query);\n", "javascript"
        ),
        Valid("const größe = await schema.validate(req.body);\nawait User.create(größe);\n", "typescript"),
        Valid("await axios.create(req.body);\nhash.update(req.body);\nObject.assign({}, req.body);\n", "javascript"),
    )
    INVALID = (
        Invalid(
            code='@app.post("/größe")\ndef add():\n    user = User(**request.get_json())\n    db.session.add(user)\n',
            at="**request.get_json()",
            message=_MESSAGE.format("User"),
        ),
        Invalid(
            code="def edit(request, user):\n    for key, value in request.POST.items():\n"
            "        setattr(user, key, value)  # größe\n",
            at="setattr(user, key, value)",
            message=_MESSAGE.format("setattr"),
        ),
        Invalid(
            code="class UserForm(ModelForm):\n    class Meta:\n        model = User  # größe\n"
            '        fields = "__all__"\n',
            at='fields = "__all__"',
            message=_FIELDS,
        ),
        Invalid(
            code="const größe = new User(req.body);\n",
            at="req.body",
            message=_MESSAGE.format("User"),
            language="javascript",
        ),
        Invalid(
            code="await User.findByIdAndUpdate(req.params.id, req.body, { new: true });\n",
            at="req.body",
            message=_MESSAGE.format("User.findByIdAndUpdate"),
            language="typescript",
        ),
        Invalid(
            code="await prisma.user.update({ where: { id: größe }, data: req.body });\n",
            at="req.body",
            message=_MESSAGE.format("prisma.user.update"),
            language="typescript",
        ),
        Invalid(
            code="for (const key in req.body) {\n  größe[key] = req.body[key];\n}\n",
            at="größe[key]",
            message=_MESSAGE.format("größe[key]"),
            language="javascript",
        ),
        Invalid(
            code="for (const größe of Object.keys(req.body)) {\n  user[größe] = req.body[größe];\n}\n",
            at="user[größe]",
            message=_MESSAGE.format("user[größe]"),
            language="javascript",
        ),
        Invalid(
            code="const größe = { role: 'user', ...req.body };\nawait users.insertOne(größe);\n",
            at="...«req.body»",
            message=_MESSAGE.format("users.insertOne"),
            language="javascript",
        ),
        Invalid(
            code="class Users {\n  edit(@Param('id') id: string, @Body() größe: any) {\n"
            "    return this.users.update(id, größe);\n  }\n}\n",
            at="id, «größe»",
            message=_MESSAGE.format("this.users.update"),
            language="typescript",
        ),
        Invalid(
            code="Object.assign(user, req.body);\nawait user.save();\n",
            at="req.body",
            message=_MESSAGE.format("Object.assign"),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call, loop or class."""
        if "made" in found:
            yield from _unpacked(code, found["called"], found["data"])
        elif "each" in found:
            yield from _filled(code, found["key"], found["source"], found["body"])
        elif "loop" in found:
            yield from _loop(code, found["items"], found["body"])
        elif "meta" in found or "denied" in found:
            yield from _listed(code, found)
        elif "built" in found:
            name = code.text(found["model"])
            if _MODEL.fullmatch(name) and not _NOT_MODEL.search(name) and _is_whole(code, _inner(code, found["data"])):
                yield Problem(_inner(code, found["data"]), _MESSAGE.format(name))
        elif is_python(code):
            yield from _updated(code, found["call"])
        else:
            yield from _written(code, found["call"])


def _listed(code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
    """The fields of a form or a serialiser: all of them, or all but a few."""
    if re.search(r"class Meta\b", code.source) is None:
        return
    if (denied := found.get("denied")) is not None:
        if _ACCOUNT.search(code.source):
            yield Problem(denied, _EXCLUDED, severity="low", confidence="low")
    elif literal_text(code, found["all"]) == "__all__":
        writes = re.search(r"Form\b", code.source) is not None
        yield Problem(found["meta"], _FIELDS, severity="low", confidence="medium" if writes else "low")


def _is_whole(code: Code, data: Node) -> bool:
    if _WHOLE.fullmatch(code.text(followed(code, data))) is not None:
        return True
    if is_python(code) or data.type != "identifier":
        return False
    name = re.escape(code.text(data))
    return re.search(_UNTYPED.format(name), code.source) is not None or (
        re.search(_REST.format(name), code.source) is not None
    )


def _filled(code: Code, key: Node, source: Node, body: Node) -> Iterator[Problem]:
    """A loop over the keys of a request, or over its entries, that fills a record."""
    inner = followed(code, source)
    keys = _KEYS_OF.fullmatch(code.text(inner))
    data = code.arguments(inner).get(0) if keys is not None else source
    name = re.search(r"\w+", code.text(key))
    text = code.text(body)
    if name is None or data is None or re.search(r"\bif\b|continue", text):
        return
    filled = re.search(rf"(\w+\[{re.escape(name.group())}\])\s*=(?!=)", text)
    if filled is not None and _is_whole(code, data):
        start = code.range(body).start + filled.start()
        yield Problem(TextRange(start, start + len(filled[1])), _MESSAGE.format(filled[1]))


def _unpacked(code: Code, called: Node, data: Node) -> Iterator[Problem]:
    name = code.text(called)
    last = name.rpartition(".")[2]
    model = _MODEL.fullmatch(last) is not None and _NOT_MODEL.search(last) is None
    if (model or last in _WRITES) and _is_whole(code, data) and data.parent is not None:
        typed: Level | None = "low" if model and re.search(r"fastapi|pydantic|starlette", code.import_lines) else None
        yield Problem(data.parent, _MESSAGE.format(name if len(name) < 60 else last), confidence=typed)


def _updated(code: Code, call: Node) -> Iterator[Problem]:
    """``Model.query.filter_by(…).update(request.json)``: a table of columns."""
    function, data = call.child_by_field_name("function"), code.arguments(call).get(0)
    receiver = code.text(function.child_by_field_name("object")) if function is not None else ""
    writes = code.method(call) in {"update", "values"} and _QUERY.search(receiver) is not None
    if writes and data is not None and _is_whole(code, data):
        yield Problem(data, _MESSAGE.format(code.method(call)))


def _loop(code: Code, items: Node, body: Node) -> Iterator[Problem]:
    function = items.child_by_field_name("function")
    source = function.child_by_field_name("object") if function is not None else None
    if code.method(items) != "items" or source is None or not _is_whole(code, source):
        return
    if re.search(r"\bcontinue\b", code.text(body)):
        return
    for statement in body.named_children:
        call = statement.named_children[0] if statement.type == "expression_statement" else None
        if call is not None and call.type == "call" and code.callee(call) == "setattr":
            yield Problem(call, _MESSAGE.format("setattr"))


def _written(code: Code, call: Node) -> Iterator[Problem]:
    name, values = code.callee(call), code.arguments(call).positional
    function = call.child_by_field_name("function")
    text = code.text(function)
    merges = name in {"Object.assign", "_.merge", "_.assign", "_.extend", "lodash.merge"}
    receiver = code.text(function.child_by_field_name("object")) if function is not None else ""
    if not values or (not merges and (_LIBRARY.search(receiver) or not receiver)):
        return
    if merges and values[0].type == "object":
        return
    if any("fields" in pairs(code, value) for value in values[1:]):
        return
    filtered = code.method(call).startswith(("find", "updateOne", "updateMany", "replace"))
    for place in values[1:] if merges or filtered else values:
        data = _inner(code, place)
        if _is_whole(code, data):
            yield Problem(data, _MESSAGE.format(text if len(text) < 60 else code.method(call)))
            return


def _inner(code: Code, value: Node, depth: int = 0) -> Node:
    """The request within ``{ $set: req.body }``, ``{ data: { ...req.body } }`` or a variable that is such an object."""
    value = code.bare(value)
    written = followed(code, value)
    if written.type != "object":
        return value
    value = written
    for part in value.named_children:
        if part.type == "spread_element" and part.named_children and _is_whole(code, part.named_children[0]):
            return part.named_children[0]
        inner = part.child_by_field_name("value") if part.type == "pair" else None
        if inner is not None and key_of(code, part) in {"data", "$set", "values", "update", "doc"}:
            return _inner(code, inner, depth + 1) if depth < _DEEPEST else inner
    return value
