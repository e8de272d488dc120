"""A record filled with whatever a request brings, in Java.

A form that shows three fields does not stop a request from sending a fourth: ``admin``, ``balance``, ``role``. Take the
fields that are meant, one by one or with a class that has no others.

Reported are ``BeanUtils.populate`` with a request's parameters, ``readerForUpdating`` and ``updateValue`` of Jackson on
a stored record, fields set one by one under the names that a request gives, and a person's or an account's record that
a framework fills and that is saved, or copied onto the stored one, as it came. Left alone: classes whose names
say that they were made for the request (``UserForm``, ``CreateUserRequest``), and controllers that list their fields.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_RECORD = re.compile(
    r"^(?:\w+\.)?(?:App|Application|Site|Base)?(?:User|Account|Member|Customer|Employee|Admin|Administrator|Person|Profile|"
    r"UserProfile|Wallet|BankAccount|Order|Payment|Invoice|Subscription|Tenant|Patient|Student)(?:Entity|Model|Record)?$"
)
_BOUND = re.compile(r"@(?:RequestBody|ModelAttribute|BeanParam|Body)\b")
_OTHERWISE_FILLED = re.compile(r"@(?!Valid\b|Validated\b)\w+|\bfinal\s+@")
_HANDLER = re.compile(
    r"@(?:Post|Put|Patch)Mapping\b|@(?:POST|PUT|PATCH|Post|Put|Patch)\b|RequestMethod\.(?:POST|PUT|PATCH)"
)
_SAVES = frozenset({".save", ".saveAndFlush", ".persist", ".merge", ".update", ".insert", ".create", ".register"}) | {
    f".{verb}{noun}"
    for verb in ("create", "update", "register", "add", "save")
    for noun in ("User", "Account", "Customer")
}
_COPIES = frozenset({"copyProperties", "map"})
_BY_NAME = frozenset({"setField", "setPropertyValue", "setProperty", "setPropertyValues"})
_NAMES_OF_REQUEST = re.compile(
    r"@RequestBody\s+(?:final\s+)?(?:Map|JsonNode|ObjectNode|HashMap)\b|getParameterNames\(|getParameterMap\("
)
_RESOURCE = re.compile(r"@(?:PATCH|PUT|POST|Patch|Put|Post)\b")
"""What says that a method answers requests, in JAX-RS and in Micronaut."""
_LIMITED = re.compile(
    r"\.contains(?:Key)?\(|retainAll\(|\bswitch\b|\bSet\.of\(|\.equals\(|setAllowedFields|setDisallowedFields"
)
_READ = re.compile(
    r"(?:readValue|fromJson|convertValue|treeToValue|bodyAsClass|bodyAs|as)\((?:[^;]*,)?\s*(\w+)\.class\s*\)"
)
_REQUEST = re.compile(
    r"getParameterMap\(\)|getParameters\(\)|getFormParameters\(\)|\ballParams\b|queryParams|formParams"
)
_MESSAGE = "A request may set any field of `{}` here, also those that no form shows; take the fields that are meant."

_FROM_AND_TO = 2
_OF_RIGHTS = re.compile(
    r"(?i)role|admin|balance|credit|enabled|password|status|owner|permission|authorit|verified|active|plan|tier|level|"
    r"staff|locked|limit|price|total|paid|approved"
)
"""Names of fields of which a request must not decide; whoever leaves one of them out has thought of it."""
_FROM_REQUEST = re.compile(
    r"@(?:RequestBody|\w+Mapping)\b|\b(?:ctx|context|req|request|exchange)\.(?:body|queryParams|getReader|getInputStream|bodyAsBytes)\("
)


class MassAssignmentJava(Check):
    """Finds records that a request fills as it likes."""

    summary = "A record filled with whatever a request brings"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-915",)
    owasp = ("A06:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset(
        {"BeanUtils.populate", "BeanUtilsBean.populate", ".populate", ".readerForUpdating"}
        | {".updateValue", *_SAVES, *(f".{name}" for name in _COPIES | _BY_NAME)}
    )

    VALID = (
        """\
class A {
    @PATCH
    void größe(Map<String, Object> changes) throws Exception {
        changes.keySet().retainAll(Set.of("bio", "city"));
        mapper.updateValue(member, changes);
    }
}
""",
        """\
class A {
    @PutMapping("/users/{id}")
    User f(@PathVariable long id, @RequestBody User größe) {
        User user = users.findById(id).orElseThrow();
        BeanUtils.copyProperties(größe, user, "id", "role");
        return users.save(user);
    }
}
""",
        """\
class A {
    @PatchMapping("/users/{id}")
    User f(@PathVariable long id, @RequestBody Map<String, Object> größe) {
        BeanWrapper user = new BeanWrapperImpl(users.findById(id).orElseThrow());
        größe.keySet().retainAll(FIELDS);
        größe.forEach(user::setPropertyValue);
        größe.forEach((name, value) -> user.setPropertyValue(name, value));
        return users.save(user.getWrappedInstance());
    }
}
""",
        """\
@RestController
class A {
    @PutMapping("/account")
    void größe(@RequestBody AccountForm form) {
        Account account = accounts.current();
        account.setName(form.name());
        accounts.save(account);
    }
}
""",
        """\
class A {
    void f(View view, Map<String, String> settings) {
        BeanUtils.populate(view, settings);
    }
}
""",
        """\
class A {
    void f(View größe, HttpServletRequest request) {
        Map<String, String[]> given = new HashMap<>(request.getParameterMap());
        given.keySet().retainAll(EDITABLE);
        BeanUtils.populate(größe, given);
    }
}
""",
        """\
@RestController
class A {
    @PostMapping("/register")
    void f(@RequestBody CreateUserRequest user) {
        users.save(user);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    @PutMapping("/me")
    void f(@RequestBody Account größe, Principal me) {
        Account current = accounts.findByLogin(me.getName());
        BeanUtils.copyProperties(größe, current, "id", "login");
        accounts.save(current);
    }
}
""",
            at="BeanUtils.copyProperties",
            message=_MESSAGE.format("current"),
        ),
        Invalid(
            code="""\
class A {
    @PATCH
    void größe(Map<String, Object> changes) throws Exception {
        mapper.updateValue(member, changes);
    }
}
""",
            at="mapper.updateValue",
            message=_MESSAGE.format("member"),
        ),
        Invalid(
            code="""\
class A {
    @PutMapping("/users/{id}")
    User f(@PathVariable long id, @RequestBody User größe) {
        User user = users.findById(id).orElseThrow();
        BeanUtils.copyProperties(größe, user);
        return users.save(user);
    }
}
""",
            at="BeanUtils.copyProperties",
            message=_MESSAGE.format("user"),
        ),
        Invalid(
            code="""\
class A {
    @PatchMapping("/users/{id}")
    User f(@PathVariable long id, @RequestBody Map<String, Object> größe) {
        User user = users.findById(id).orElseThrow();
        größe.forEach((name, value) -> {
            Field field = ReflectionUtils.findField(User.class, name);
            ReflectionUtils.setField(field, user, value);
        });
        return users.save(user);
    }
}
""",
            at="ReflectionUtils.setField",
            message=_MESSAGE.format("the record"),
        ),
        Invalid(
            code="""\
class A {
    void f(User größe, HttpServletRequest request) throws Exception {
        BeanUtils.populate(größe, request.getParameterMap());
    }
}
""",
            at="BeanUtils.populate",
            message=_MESSAGE.format("größe"),
        ),
        Invalid(
            code="""\
@Controller
class A {
    @PostMapping("/register")
    String f(@ModelAttribute User größe) {
        userRepository.save(größe);
        return "redirect:/login";
    }
}
""",
            at="userRepository.save",
            message=_MESSAGE.format("größe"),
        ),
        Invalid(
            code="""\
class A {
    @PatchMapping("/users/{id}")
    void f(@PathVariable long id, @RequestBody String json) throws IOException {
        User größe = users.findById(id).orElseThrow();
        mapper.readerForUpdating(größe).readValue(json);
    }
}
""",
            at="mapper.readerForUpdating",
            message=_MESSAGE.format("größe"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        method, values = code.method(call), code.arguments(call).positional
        if not values:
            return
        if method == "populate":
            limited = ".retainAll(" in code.text(code.function(call))
            if len(values) > 1 and not limited and _is_of_request(code, values[1]):
                yield Problem(code.called(call), _MESSAGE.format(code.text(values[0])))
        elif method in {"readerForUpdating", "updateValue"}:
            function = code.function(call)
            text = code.text(function)
            handles = _FROM_REQUEST.search(text) or _RESOURCE.search(text.partition("{")[0])
            if handles and not (method == "updateValue" and ".retainAll(" in text):
                yield Problem(code.called(call), _MESSAGE.format(code.text(values[0])))
        elif method in _BY_NAME:
            yield from _by_name(code, call)
        elif method in _COPIES:
            yield from _copied(code, call)
        elif values[0].type == "identifier" and _is_bound_record(code, call, values[0]):
            yield Problem(code.called(call), _MESSAGE.format(code.text(values[0])))


def _by_name(code: JavaCode, call: Node) -> Iterator[Problem]:
    """Fields set under the names that a request gives."""
    function, values = code.text(code.function(call)), code.arguments(call).positional
    known_name = code.method(call) != "setPropertyValues" and any(value.type == "string_literal" for value in values)
    base = call.child_by_field_name("object")
    own = code.text(base)
    is_bean = re.search(
        r"Bean|Wrapper|Reflection|PropertyUtils|Accessor", f"{own} {code.type_of(base) if base else ''}"
    )
    if is_bean and not known_name and _NAMES_OF_REQUEST.search(function) and not _LIMITED.search(function):
        yield Problem(code.called(call), _MESSAGE.format("the record"))


def _copied(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A record that a request fills, copied whole onto the stored one."""
    values, base = code.arguments(call).positional, code.text(call.child_by_field_name("object"))
    named = [code.text(value) for value in values[_FROM_AND_TO:]]
    if len(values) < _FROM_AND_TO or any(not name.startswith('"') or _OF_RIGHTS.search(name) for name in named):
        return
    if not re.search(r"BeanUtils|PropertyUtils|(?i:mapper)", base):
        return
    if values[1].type == "identifier" and any(
        value.type == "identifier" and _is_bound_record(code, call, value) for value in values
    ):
        yield Problem(code.called(call), _MESSAGE.format(code.text(values[1])))


def _is_of_request(code: JavaCode, value: Node) -> bool:
    written = [value]
    if value.type == "identifier":
        written = [binding.value for binding in code.last_values(value) if binding.value is not None] or [value]
    return any(_REQUEST.search(code.text(node)) for node in written)


def _is_bound_record(code: JavaCode, call: Node, value: Node) -> bool:
    """Whether a variable is a record that a request fills, of a class that holds more than a form shows."""
    function, name = code.function(call), code.text(value)
    if function is None:
        return False
    body = code.text(function)
    if re.search(rf"\b{re.escape(name)}\.set(?:Role|Roles|Admin|Enabled|Balance|Status)\(", body):
        return False
    parameters = function.child_by_field_name("parameters")
    for parameter in parameters.named_children if parameters is not None else ():
        if code.text(parameter.child_by_field_name("name")) == name:
            kind = code.text(parameter.child_by_field_name("type")).rpartition(".")[2]
            return _RECORD.match(kind) is not None and _is_filled(code.text(parameter), body)
    read = (_READ.search(code.text(binding.value)) for binding in code.last_values(value) if binding.value is not None)
    kinds = [found[1] for found in read if found is not None]
    return any(_RECORD.match(kind) for kind in kinds) and _FROM_REQUEST.search(body) is not None


def _is_filled(parameter: str, function: str) -> bool:
    """Whether a framework fills a parameter from a request: by its annotation, or as one without in a handler."""
    if _BOUND.search(parameter):
        return True
    return _HANDLER.search(function.partition("{")[0]) is not None and not _OTHERWISE_FILLED.search(parameter)
