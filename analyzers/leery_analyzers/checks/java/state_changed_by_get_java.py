"""Something changed by a GET request, in Java.

A link, an image or a redirect on another site makes a logged-in person's browser send it, cookies included; tokens
against forged requests and cookies with ``SameSite=Lax`` do not help there. What changes something answers POST, PUT,
PATCH or DELETE.

Reported are handlers of GET that delete, store or move something by way of a repository, a service or SQL. Left alone:
counters, logs and caches, links that carry a token of their own, and handlers that look at one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CHANGES = (
    "save", "saveAll", "saveAndFlush", "delete", "deleteById", "deleteAll", "deleteUser", "deleteAccount", "remove",
    "removeById", "removeUser", "update", "updateById", "updateUser", "updateEmail", "updatePassword", "updateProfile",
    "updateRole", "changePassword", "changeEmail", "changeRole", "setPassword", "transfer", "transferFunds", "withdraw",
    "deposit", "persist", "merge", "insert", "promote", "grantRole", "revokeRole", "approve", "disableUser",
    "executeUpdate", "makeAdmin", "deletePost", "deleteOrder", "cancelOrder", "deleteItem", "deleteProduct",
    "resetPassword", "sendMoney", "pay", "createUser", "addAdmin", "deleteComment", "deleteFile", "deleteMessage",
)  # fmt: skip
_STORES = re.compile(
    r"(?:\w*(?:Repository|Service|Dao|DAO|Mapper|Manager|Store|Facade|Client|Operations|JdbcTemplate)|Repo|JdbcOperations"
    r"|Session|Statement|PreparedStatement|Query|TypedQuery|DSLContext|JdbcClient)"
)
_NAMED_STORES = re.compile(
    r"(?i)\w*(?:repo(?:sitory)?|service|dao|mapper|store|manager|jdbc(?:template)?|em|accounts|users|orders|posts|customers|"
    r"products|bank|stmt|statement|ps)"
)
_ASIDE = re.compile(
    r"(?i)audit|(?<!cata)(?<!b)log(?!in)|histor|metric|stat(?:s|istic)|cache|(?<!ac)(?<!dis)count|view(?!er)|visit|track|"
    r"token|captcha|otp|analytic|limit|attempt|notif|import|sync|seen|recent|preference|locale"
)
"""What is stored beside the way, and does no harm when somebody else's site makes it so."""
_GET = re.compile(r"@(?:\w+\.)*(?:GetMapping|GET|Get)\b|@(?:\w+\.)*RequestMapping\([^)]*RequestMethod\.GET\b")
_OTHER = re.compile(r"RequestMethod\.(?:POST|PUT|DELETE|PATCH)\b|@(?:Post|Put|Delete|Patch)Mapping\b")
_PROVES = re.compile(
    r"(?i)csrf|xsrf|\"(?:origin|referer|authorization|x-[\w-]+|sec-fetch-site)\"|RequestHeader|\b\w*(?:token|signature|nonce|"
    r"apiKey|hmac)\b|\b(?:code|state|secret|otp|hash|sig)\b"
)
"""What says that the request was meant: a token of its own, or a header that no other site can set."""
_LINK = re.compile(
    r"(?i)confirm|verif|activat|unsubscribe|callback|oauth|saml|log_?-?out|sign_?-?out|invit|health|cron|init|seed"
)
_READS_ONLY = re.compile(r"(?i)^\W*(?:select|with|show)\b")
_MESSAGE = "A link on another site makes a logged-in person's browser do this; let it answer POST."


class StateChangedByGetJava(Check):
    """Finds handlers of GET that change something."""

    summary = "Something changed by a GET request"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A01:2025",)
    references = (
        "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html",
    )
    languages = JAVA
    calls = frozenset(f".{name}" for name in _CHANGES)

    VALID = (
        """\
class A {
    @PostMapping("/delete")
    String größe(@RequestParam Long id) {
        users.deleteById(id);
        return "redirect:/";
    }
}
""",
        """\
class A {
    @GetMapping("/page/{id}")
    Page page(@PathVariable Long id) {
        viewRepository.save(new View(id));
        return pages.findById(id);
    }
}
""",
        """\
class A {
    @GetMapping("/unsubscribe")
    String end(@RequestParam String key) {
        subscriberRepository.deleteById(key);
        return "done";
    }
}
""",
        """\
class A {
    @GetMapping("/deleted")
    List<Item> gone(List<Item> items) {
        items.remove(0);
        return itemService.findDeleted();
    }
}
""",
        """\
class A {
    @GetMapping("/erase")
    String erase(@RequestParam Long id, @RequestParam String token) {
        userService.delete(id);
        return "done";
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    @GetMapping("/delete")
    String größe(@RequestParam Long id) {
        userRepository.deleteById(id);
        return "redirect:/";
    }
}
""",
            at="userRepository.deleteById",
            message=_MESSAGE,
            fixed=(
                """\
import org.springframework.web.bind.annotation.PostMapping;

class A {
    @PostMapping("/delete")
    String größe(@RequestParam Long id) {
        userRepository.deleteById(id);
        return "redirect:/";
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        service.updateEmail(user(request), request.getParameter("email"));
    }
}
""",
            at="service.updateEmail",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    @RequestMapping(value = "/pay", method = RequestMethod.GET)
    String pay(@RequestParam Long to, Principal user, JdbcTemplate db) {
        db.update("UPDATE accounts SET balance = balance - 1 WHERE owner = ?", user.getName());
        return "done";
    }
}
""",
            at="db.update",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        function = code.function(call)
        if function is None or function.type != "method_declaration" or code.tree is None:
            return
        head = code.head(function)
        name = code.text(function.child_by_field_name("name"))
        is_get = (_GET.search(head) is not None and _OTHER.search(head) is None) or name == "doGet"
        if not is_get or _LINK.search(head) or _PROVES.search(code.text(function)) or not _is_change(code, call):
            return
        earlier = (
            other
            for other in code.tree.of_kinds("method_invocation")
            if function.start_byte <= other.start_byte < call.start_byte and code.method(other) in _CHANGES
        )
        if not any(_is_change(code, other) for other in earlier):
            yield Problem(code.called(call), _MESSAGE, fixes=_posted(code, function))


def _is_change(code: JavaCode, call: Node) -> bool:
    """Whether a call changes what the program keeps."""
    base, first = call.child_by_field_name("object"), code.arguments(call).get(0)
    if base is None or (first is not None and _READS_ONLY.match(code.literal(first) or "")):
        return False
    own = code.text(base).rpartition(".")[2]
    if _ASIDE.search(own) or (first is not None and _ASIDE.search(code.text(first)) and first.type != "string_literal"):
        return False
    kind = code.type_of(base)
    return _STORES.fullmatch(kind) is not None or (not kind and _NAMED_STORES.fullmatch(own) is not None)


def _posted(code: JavaCode, function: Node) -> tuple[Fix, ...]:
    """Spring's annotation for POST in the place of that for GET."""
    holder = next((child for child in function.named_children if child.type == "modifiers"), None)
    for annotation in holder.named_children if holder is not None else ():
        name = annotation.child_by_field_name("name")
        if name is not None and code.text(name) == "GetMapping":
            imports = ("import org.springframework.web.bind.annotation.PostMapping;",)
            return (Fix("Let it answer POST", "manual", (code.replace(name, "PostMapping"),), imports),)
    return ()
