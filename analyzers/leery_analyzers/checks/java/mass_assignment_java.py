"""A record filled with whatever a request brings, in Java.

A form that shows three fields does not stop a request from sending a fourth: ``admin``, ``balance``, ``role``. Take the
fields that are meant, one by one or with a class that has no others.

Reported are ``BeanUtils.populate`` with a request's parameters, ``readerForUpdating`` of Jackson on a stored record,
and a person's or an account's record that Spring fills and that is saved as it came. Left alone: classes whose names
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
    r"UserProfile|Wallet|BankAccount)(?:Entity|Model|Record)?$"
)
_BOUND = re.compile(r"@(?:RequestBody|ModelAttribute|BeanParam)\b")
_REQUEST = re.compile(
    r"getParameterMap\(\)|getParameters\(\)|getFormParameters\(\)|\ballParams\b|queryParams|formParams"
)
_MESSAGE = "A request may set any field of `{}` here, also those that no form shows; take the fields that are meant."

_FROM_REQUEST = re.compile(
    r"@(?:RequestBody|\w+Mapping)\b|\b(?:ctx|context|req|request|exchange)\.(?:body|getReader|getInputStream|bodyAsBytes)\("
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
        | {".save", ".saveAndFlush", ".persist", ".merge", ".update", ".insert"}
    )

    VALID = (
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
            if len(values) > 1 and _is_of_request(code, values[1]):
                yield Problem(code.called(call), _MESSAGE.format(code.text(values[0])))
        elif method == "readerForUpdating":
            function = code.function(call)
            if function is not None and _FROM_REQUEST.search(code.text(function)):
                yield Problem(code.called(call), _MESSAGE.format(code.text(values[0])))
        elif values[0].type == "identifier" and _is_bound_record(code, call, code.text(values[0])):
            yield Problem(code.called(call), _MESSAGE.format(code.text(values[0])))


def _is_of_request(code: JavaCode, value: Node) -> bool:
    written = [value]
    if value.type == "identifier":
        written = [binding.value for binding in code.last_values(value) if binding.value is not None] or [value]
    return any(_REQUEST.search(code.text(node)) for node in written)


def _is_bound_record(code: JavaCode, call: Node, name: str) -> bool:
    """Whether a variable is a parameter that Spring fills, of a class that holds more than a form shows."""
    function = code.function(call)
    if function is None:
        return False
    parameters = function.child_by_field_name("parameters")
    for parameter in parameters.named_children if parameters is not None else ():
        if code.text(parameter.child_by_field_name("name")) == name:
            kind = code.text(parameter.child_by_field_name("type")).rpartition(".")[2]
            told = re.search(rf"\b{re.escape(name)}\.set(?:Role|Roles|Admin|Enabled|Balance)\(", code.text(function))
            return bool(_BOUND.search(code.text(parameter)) and _RECORD.match(kind)) and told is None
    return False
