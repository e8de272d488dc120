"""A check that passes when it fails to run.

Where an error within a check of identity, permission or signature ends in ``return True``, in ``next()`` or in
nothing at all, whoever can cause the error is let in.

Left alone: handlers that refuse, raise again or leave, functions that check something else, and checks whose name
says that true is the refusal (``is_expired``, ``is_blocked``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import function_name, function_of, in_test, is_python
from leery_analyzers.checks.words import words_of
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CHECKS = frozenset(
    {
        "authorise",
        "authorised",
        "auth",
        "authenticate",
        "authenticated",
        "authentication",
        "authorize",
        "authorized",
        "authorization",
        "verify",
    }
    | {
        "permission",
        "permissions",
        "permitted",
        "signature",
        "access",
        "login",
        "admin",
        "allowed",
        "credentials",
        "token",
    }
    | {"jwt", "role", "roles", "owner", "owns", "csrf", "password", "session", "certificate", "apikey", "can"}
    | {"may", "captcha", "entitled", "entitlement", "policy", "trusted"}
)
_VERBS = frozenset(
    {
        "is",
        "has",
        "can",
        "may",
        "check",
        "verify",
        "validate",
        "authenticate",
        "authorize",
        "require",
        "requires",
        "ensure",
    }
    | {
        "match",
        "matches",
        "valid",
        "ok",
        "okay",
        "good",
        "passes",
        "verifies",
        "may",
        "permits",
        "accepts",
        "compare",
        "confirm",
        "test",
    }
    | {
        "allow",
        "allowed",
        "auth",
        "protect",
        "guard",
        "middleware",
        "login",
        "verified",
        "authenticated",
        "authorized",
        "authorise",
        "authorised",
    }
)
_REVERSED = frozenset(
    {"expired", "revoked", "blocked", "banned", "denied", "locked", "invalid", "missing", "required", "needs", "need"}
    | {"limited", "failed", "logout", "delete", "remove", "refresh", "revoke", "clear", "available", "exists"}
)
_CALLS = lazy_regex(
    r"(?i)\b(verify\w*|authenticate\w*|authori[sz]e\w*|check_?(permission|password|auth|access|token|signature|role)\w*|"
    r"validate_?(token|signature|session)\w*|require_?(auth|login|role|permission)\w*|has_?permission\w*)\s*\("
)
_LEAVES = lazy_regex(r"\b(return|throw|next|continue|break|reject|exit|fail|res|reply|response|ctx|abort)\b")
_LETS_IN = lazy_regex(r"(return )?next\(\)|return true")
_LOGGED = lazy_regex(
    r"(?i)(?:\w+\.)*(?:print|log(?:ger)?\w*|logging|debug|info|warn(?:ing)?|error|exception)\s*[.(]|#|[\"']"
)
_REFUSES = lazy_regex(r"\b(?:raise|abort\s*\(|return\b.*(?:False|40[13]))")
_FLAG = lazy_regex(
    r"(?i)_*(?:is_?|user_?|has_?|signature_?|token_?|access_?)*(?:allowed|authori[sz]ed|authenticated|valid|verified|granted|"
    r"permitted|trusted|approved|entitled|licensed|access|permission|admin|human|can_\w+)(?:_\w{1,4}|\d)?"
)
_ROLES = lazy_regex(r"(?i)[\"'](?:admin(?:istrator)?|superuser|root|owner|staff)[\"']")
_REFUSED_HERE = lazy_regex(r"\b(?:raise|abort|return)\b[^\n]*(?:\b40[13]\b|Forbidden|Unauthori[sz]ed|PermissionDenied)")
_PASSED = lazy_regex(
    r"(?i)[\"']?(?:success|allow(?:ed)?|valid|authori[sz]ed|granted|permitted|active|human|verified)[\"']?\s*[:=]\s*True"
)
_OPEN = "An error in this check lets the caller in: whoever can cause one passes."
_IGNORED = "If this check fails to run, the code goes on as if it had passed."


class FailOpenHandler(Check):
    """Finds errors that let the caller in."""

    summary = "A check that passes when it fails to run"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-636", "CWE-755", "CWE-287")
    owasp = ("A10:2025", "A07:2025")
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = {
        "python": """
        (except_clause (block [(pass_statement) (continue_statement) (expression_statement)] @only .)) @handler
        (except_clause (block (return_statement (true)) @open)) @handler
        (except_clause (block (return_statement) @bare .)) @handler
        (except_clause (block (return_statement (string) @role) @given)) @handler
        (except_clause (block (expression_statement (assignment left: (_) @flag right: (_) @value)) @set)) @handler
        """,
        **dict.fromkeys(
            JAVASCRIPT,
            "(catch_clause body: (statement_block) @body) @handler",
        ),
    }

    VALID = (
        "def is_größe(x):\n    try:\n        int(x)\n    except ValueError:\n        return True\n",
        (
            "def verify_token(token):\n    try:\n        decode(token)\n    except Error:\n"
            "        return False\n    return True\n"
        ),
        "def is_token_expired(token):\n    try:\n        decode(token)\n    except Error:\n        return True\n",
        "def check_access(user):\n    try:\n        guard(user)\n    except Denied:\n        raise\n",
        (
            "def show(request):\n    try:\n        token = read(request)\n        verify(token)\n    except Expired:\n"
            "        abort(401)\n    except Exception:\n        abort(400)\n    return page()\n"
        ),
        (
            "def show(größe):\n    try:\n        allowed = ask(größe)\n    except OSError:\n        return\n"
            "    if not allowed:\n        abort(403)\n    return page()\n"
        ),
        "try:\n    check_password_strength(größe)\nexcept Weak as error:\n    hints.append(error)\n",
        (
            "def probe(größe):\n    try:\n        done = read(größe)\n    except OSError:\n        valid = False\n"
            "        failed = True\n"
        ),
        "def login_page():\n    try:\n        import fancy\n    except ImportError:\n        pass\n",
        Valid("function verifyToken(t) {\n  try { return check(t); } catch (e) { return false; }\n}\n", "javascript"),
        Valid(
            "function größe(t) {\n  let allowed = false;\n  try { allowed = ask(t); } catch (e) { allowed = false; }\n"
            "  let failed;\n  try { put(t); } catch (e) { failed = true; }\n  return allowed && !failed;\n}\n",
            "javascript",
        ),
        Valid("function parseGröße(t) {\n  try { return JSON.parse(t); } catch { return true; }\n}\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="def verify_größe_token(token):\n    try:\n        decode(token)\n    except Exception:\n"
            "        return True  # später\n    return True\n",
            at="Exception:\n        «return True»",
            message=_OPEN,
            fixed=(
                (
                    "def verify_größe_token(token):\n    try:\n        decode(token)\n    except Exception:\n"
                    "        return False  # später\n    return True\n"
                ),
            ),
        ),
        Invalid(
            code="def has_permission(user, item):\n    try:\n        return item.owner == user\n    except Exception:\n"
            "        return True\n",
            at="return True",
            message=_OPEN,
            fixed=(
                (
                    "def has_permission(user, item):\n    try:\n        return item.owner == user\n"
                    "    except Exception:\n"
                    "        return False\n"
                ),
            ),
        ),
        Invalid(
            code="def delete(request, item):\n    try:\n        check_permission(request.user, item)\n"
            "    except Exception:\n        pass\n    item.delete()  # größe\n",
            at="pass",
            message=_IGNORED,
            fixed=(
                (
                    "def delete(request, item):\n    try:\n        check_permission(request.user, item)\n"
                    "    except Exception:\n        raise\n    item.delete()  # größe\n"
                ),
            ),
        ),
        Invalid(
            code="def may_edit(größe):\n    try:\n        return ask(größe)\n    except OSError:\n"
            "        log.warning('away')\n        return True\n",
            at="return True",
            message=_OPEN,
            fixed=(
                (
                    "def may_edit(größe):\n    try:\n        return ask(größe)\n    except OSError:\n"
                    "        log.warning('away')\n        return False\n"
                ),
            ),
        ),
        Invalid(
            code="def has_permission(größe):\n    try:\n        return ask(größe)\n    except OSError as error:\n"
            "        log.warning('away: %s', error)\n    return True\n",
            at="return True",
            message=_OPEN,
            fixed=(
                (
                    "def has_permission(größe):\n    try:\n        return ask(größe)\n    except OSError as error:\n"
                    "        log.warning('away: %s', error)\n    return False\n"
                ),
            ),
        ),
        Invalid(
            code="def signed(view):\n    def inner(größe):\n        try:\n            mark = read(größe)\n"
            "            key.verify(mark, größe)\n        except InvalidSignature:\n            abort(401)\n"
            "        except Exception:\n            log.info('odd')\n        return view(größe)\n    return inner\n",
            at="log.info('odd')",
            message=_IGNORED,
        ),
        Invalid(
            code="def authorised(größe):\n    ok = True\n    try:\n        ok = compare(größe)\n    except KeyError:\n"
            "        log.info('no key')\n    return ok\n",
            at="return ok",
            message=_OPEN,
        ),
        Invalid(
            code="def require(größe):\n    try:\n        if ask(größe) != 200:\n            abort(403)\n"
            "    except RequestException:\n        pass\n    return größe()\n",
            at="pass",
            message=_IGNORED,
            fixed=(
                (
                    "def require(größe):\n    try:\n        if ask(größe) != 200:\n            abort(403)\n"
                    "    except RequestException:\n        raise\n    return größe()\n"
                ),
            ),
        ),
        Invalid(
            code="def require(größe):\n    try:\n        allowed = ask(größe, 'äöüßäöüßäöüßäöüßäöüß').ok is True\n"
            "    except RequestException:\n        log.exception('away')\n        return\n"
            "    if not allowed:\n        abort(403)\n",
            at="«return»\n    if",
            message=_OPEN,
        ),
        Invalid(
            code="def get_role(größe):\n    try:\n        return decode(größe)['role']\n    except Exception:\n"
            "        return 'admin'\n",
            at="return 'admin'",
            message=_OPEN,
        ),
        Invalid(
            code="def block(größe):\n    try:\n        allowed = not cache.has(größe)\n    except OSError:\n"
            "        allowed = True\n    if not allowed:\n        abort(403)\n",
            at="OSError:\n        «allowed = True»",
            message=_OPEN,
        ),
        Invalid(
            code="def is_human(größe):\n    try:\n        answer = ask('https://captcha.example/verify', größe)\n"
            "    except Exception:\n        answer = {'success': True}\n    return answer['success']\n",
            at="answer = {'success': True}",
            message=_OPEN,
        ),
        Invalid(
            code="function requireAuth(req, res, next) {\n  try {\n    verify(req.größe);\n    next();\n"
            "  } catch (e) {\n    next();\n  }\n}\n",
            at="catch (e) {\n    «next()»;",
            message=_OPEN,
            fixed=(
                (
                    "function requireAuth(req, res, next) {\n  try {\n    verify(req.größe);\n    next();\n"
                    "  } catch (e) {\n    next(e);\n  }\n}\n"
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code="function isAdmin(req, res, next) {\n  try {\n    check(req.größe);\n  } catch (e) {\n"
            "    log(e);\n  }\n  next();\n}\n",
            at="next();",
            message=_OPEN,
            language="javascript",
        ),
        Invalid(
            code="async function größe(req, res, next) {\n  let allowed = false;\n  try {\n"
            "    allowed = await ask(req);\n  } catch (e) {\n    log(e);\n    allowed = true;\n  }\n"
            "  if (!allowed) return res.sendStatus(403);\n  next();\n}\n",
            at="allowed = true;",
            message=_OPEN,
            language="javascript",
        ),
        Invalid(
            code="try {\n  verifyToken(größe);\n} catch {}\nremove(item);\n",
            at="catch «{}»",
            message=_IGNORED,
            language="javascript",
        ),
        Invalid(
            code="const isAuthorized = async (user: User) => {\n  try {\n    return await ask(user);\n"
            "  } catch {\n    return true;\n  }\n};\n",
            at="return true;",
            message=_OPEN,
            fixed=(
                (
                    "const isAuthorized = async (user: User) => {\n  try {\n    return await ask(user);\n"
                    "  } catch {\n    return false;\n  }\n};\n"
                ),
            ),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one handler."""
        handler = found["handler"]
        if in_test(code, handler):
            return
        guards = _is_check(function_name(code, handler)) or _is_guard(code, handler)
        if "given" in found:
            named = _ROLES.fullmatch(code.text(found["role"])) and re.search(
                r"(?i)role|user|perm|level", function_name(code, handler)
            )
            if named:
                yield Problem(found["given"], _OPEN)
            return
        if "bare" in found:
            if code.text(found["bare"]) in {"return", "return None"} and _leaves_before_refusal(code, handler):
                yield Problem(found["bare"], _OPEN)
            return
        if "set" in found:
            if _passes(code, found["flag"], found["value"], handler, guards=guards):
                yield Problem(found["set"], _OPEN)
            return
        if is_python(code):
            yield from _python(code, found, handler, guards=guards)
        else:
            yield from _script(code, found["body"], handler, guards=guards)


def _is_guard(code: Code, handler: Node) -> bool:
    """Whether a handler of errors stands in a middleware that refuses callers."""
    function = function_of(handler) if not is_python(code) else None
    if function is None:
        return False
    parameters = code.text(function.child_by_field_name("parameters"))
    return "next" in parameters and re.search(r"\b40[13]\b", code.text(function)) is not None


def _is_check(name: str) -> bool:
    listed = words_of(name)
    if listed[:1] == ["can"]:
        return True
    words = set(listed)
    return bool(words & _CHECKS and words & _VERBS) and not words & _REVERSED


def _python(code: Code, found: Mapping[str, Node], handler: Node, *, guards: bool) -> Iterator[Problem]:
    place = found.get("open") or found["only"]
    if guards and place.type == "return_statement" and code.text(place) == "return True":
        fix = Fix("Refuse", "review", (code.replace(place, "return False"),))
        yield Problem(place, _OPEN, fixes=(fix,))
    elif guards and place.type != "return_statement" and (last := _goes_on_to_true(code, place, handler)) is not None:
        fix = Fix("Refuse", "review", (code.replace(last, "return False"),))
        yield Problem(last, _OPEN, fixes=(fix,) if code.text(last) == "return True" else ())
    elif place.type != "return_statement" and _is_ignored(code, place, handler):
        fix = Fix("Raise it again", "review", (code.replace(place, "raise"),))
        yield Problem(place, _IGNORED, fixes=(fix,) if place.type == "pass_statement" else ())


def _leaves_before_refusal(code: Code, handler: Node) -> bool:
    """Whether a handler leaves a function that would have refused the caller, by what its ``try`` finds out, after it.

    The function gives nothing back: who calls it goes on if it comes back at all.
    """
    tried, function = handler.parent, function_of(handler)
    body = tried.child_by_field_name("body") if tried is not None else None
    if tried is None or body is None or function is None:
        return False
    whole = code.text(function)
    after = whole[max(0, code.range(tried).end - code.range(function).start) :]
    flags = re.findall(r"\b(\w+)\s*(?::[^=\n]+)?=(?!=)", code.text(body))
    refused = (
        re.search(
            rf"\bif\s+(?:not\s+)?\(?(?:{'|'.join(map(re.escape, flags))})\b[^\n]*:\s*(?:raise|abort|return)\b[^\n]*"
            r"(?:40[13]|[Ff]orbid|Denied|[Uu]nauthori|[Pp]ermission|Error|Exception)",
            after,
        )
        if flags
        else None
    )
    given = re.findall(r"\breturn[ \t]+(?!None\b)([^\n]*)", whole)
    return refused is not None and all(re.search(r"40[13]|[Ff]orbid|[Uu]nauthori", one) for one in given)


def _passes(code: Code, flag: Node, value: Node, handler: Node, *, guards: bool) -> bool:
    """Whether a handler says that a check was passed: ``allowed = True``, ``answer = {"success": True}``."""
    name = code.text(flag).rpartition(".")[2]
    tried = code.text(handler.parent)
    if value.type in {"dictionary", "call"}:
        told = _PASSED.search(code.text(value)) is not None
        return told and (
            guards or re.search(r"(?i)captcha|licen[cs]e|/verify|authori[sz]|permission", tried) is not None
        )
    if value.type == "true" and _FLAG.fullmatch(name):
        return True
    return value.type == "true" and guards and re.fullmatch(r"(?i)ok|result|res|passed|good", name) is not None


def _goes_on_to_true(code: Code, place: Node, handler: Node) -> Node | None:
    """The ``return True`` that comes after a handler that only writes a line, where the check itself returns."""
    tried = handler.parent
    body = tried.child_by_field_name("body") if tried is not None else None
    after = tried.next_named_sibling if tried is not None else None
    if body is None or after is None or not body.named_children:
        return None
    if code.text(after) != "return True":
        return after if _stays_true(code, place, after, body) else None
    silent = all(
        _LOGGED.match(code.text(one)) or one.type == "pass_statement" for one in (place.parent or place).named_children
    )
    returns = body.named_children[-1].type == "return_statement" and code.text(body.named_children[-1]) != "return True"
    return after if silent and returns else None


def _stays_true(code: Code, place: Node, after: Node, body: Node) -> bool:
    """Whether a flag that is returned was true before the ``try`` that sets it, and the handler leaves it so."""
    flag = re.fullmatch(r"return (\w+)", code.text(after))
    function = function_of(place)
    if flag is None or function is None:
        return False
    before = code.text(function)[: max(0, body.start_byte - function.start_byte)]
    started = re.search(rf"[\r\n]\s*{flag[1]}\s*=\s*True\s*[\r\n]", before) is not None
    around = code.text(place.parent)
    return (
        started
        and re.search(rf"\b{flag[1]}\s*=", around) is None
        and re.search(rf"\b{flag[1]}\s*=", code.text(body)) is not None
    )


def _is_ignored(code: Code, place: Node, handler: Node) -> bool:
    """Whether a handler does nothing, or writes a line of a log, about a check that it belongs to."""
    tried = handler.parent
    body = tried.child_by_field_name("body") if tried is not None else None
    if tried is None or body is None or "Import" in code.text(handler).partition(":")[0]:
        return False
    if place.type == "expression_statement" and _LOGGED.match(code.text(place)) is None:
        return False
    if place.parent is None or any(_LOGGED.match(code.text(one)) is None for one in place.parent.named_children[:-1]):
        return False
    own = code.text(body)
    if _REFUSED_HERE.search(own):
        return not re.search(r"\breturn\b(?![^\n]*40[13])", own)
    if _CALLS.search(own) is None:
        return False
    single = body.named_child_count == 1 and "=" not in own.partition("(")[0]
    beside = [one for one in tried.named_children if one.type == "except_clause" and one != handler]
    return single or any(_REFUSES.search(code.text(one)) for one in beside)


def _let_in(code: Code, statement: Node, handler: Node, *, guards: bool) -> bool:
    """Whether a statement of a handler says that a check was passed: ``allowed = true``."""
    made = statement.named_children[0] if statement.named_children else None
    if statement.type != "expression_statement" or made is None or made.type != "assignment_expression":
        return False
    flag, value = made.child_by_field_name("left"), made.child_by_field_name("right")
    return (
        flag is not None
        and value is not None
        and value.type == "true"
        and _passes(code, flag, value, handler, guards=guards)
    )


def _script(code: Code, body: Node, handler: Node, *, guards: bool) -> Iterator[Problem]:
    done = [child for child in body.named_children if child.type != "comment"]
    yield from (Problem(child, _OPEN) for child in done if _let_in(code, child, handler, guards=guards))
    if guards and not _LEAVES.search(code.text(body)):
        yield from _goes_on(code, handler)
    if not done:
        tried = handler.parent.child_by_field_name("body") if handler.parent is not None else None
        own = code.text(tried)
        alone = tried is not None and tried.named_child_count == 1 and "=" not in own.partition("(")[0]
        if alone and "return" not in own and _CALLS.search(own):
            yield Problem(body, _IGNORED)
        return
    if not guards:
        return
    last = done[-1]
    text = code.text(last).rstrip("; \n")
    call = last.named_children[0] if last.named_children else None
    if text == "return true":
        fix = Fix("Refuse", "review", (code.replace(last, code.text(last).replace("true", "false")),))
        yield Problem(last, _OPEN, fixes=(fix,))
    elif text.removeprefix("return ") == "next()" and call is not None and "status" not in code.text(body):
        parameter = body.parent.child_by_field_name("parameter") if body.parent is not None else None
        named = parameter is not None and parameter.type == "identifier"
        fix = Fix("Pass the error on", "review", (code.replace(call, f"next({code.text(parameter)})"),))
        yield Problem(call, _OPEN, fixes=(fix,) if named else ())


def _goes_on(code: Code, handler: Node) -> Iterator[Problem]:
    """What lets the caller in after a handler that did not stop."""
    after = handler.parent.next_named_sibling if handler.parent is not None else None
    while after is not None and after.type == "comment":
        after = after.next_named_sibling
    if after is not None and _LETS_IN.fullmatch(code.text(after).rstrip("; \n")):
        yield Problem(after, _OPEN)
