"""What the scanner of brace languages must know about each of them: its literals, and what declarations look like.

Tables of regular expressions only; `braces` says how they are used. A pattern that is tried at a line's start sees the
line from its first significant character on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from leery_analyzers.lazy import lazy_regex

NEVER = lazy_regex(r"(?!)")


@dataclass(frozen=True)
class Dialect:
    """One language.

    Attributes:
        tokens: what `braces` looks at; see `TOKEN_KINDS`.
        regexes: whether a slash may start a regular expression.
        newline_ends: whether a statement may end with its line.
        hash_comments: whether a line that starts with ``#`` is for the preprocessor.
        type_before: matches the end of what stands before a brace if it opens a type or a value and not a body.
        open_members: whether functions and classes need no keyword, so that the shape of a member tells what it is.
        expression_bodies: whether ``=>`` after parameters starts a method's body.
        function: matches where a function starts that is recognised by its first line.
        declaration: matches where something else starts that is a unit of its own.
        control: matches a statement whose braces open blocks.
        enum_body: matches the head of a container whose members must follow a semicolon.
        container: matches, anywhere outside parentheses, the word that makes a declaration a container.
        scope: matches the word of a container that holds statements rather than members.
        root_recovery: matches at column 0 what can only stand outside all braces.
        soft_recovery: the same for what may also be a member or stand in an expression at the top level.
        member_recovery: matches what can only start a member, tried at the indentation of members.
        import_line: matches where an import statement may start.
        import_statement: matches a complete one.
        constant_line: matches where a declaration of constants may start, outside of functions.
        constant: matches a complete one.
        constant_parts: matches each constant in one: its `name` and its `value`, which may be empty.
        names: patterns whose last group to match is the name declared, the first pattern that matches counts.
    """

    tokens: re.Pattern[str]
    function: re.Pattern[str]
    declaration: re.Pattern[str]
    container: re.Pattern[str]
    root_recovery: re.Pattern[str]
    import_line: re.Pattern[str]
    import_statement: re.Pattern[str]
    names: tuple[re.Pattern[str], ...]
    regexes: bool = False
    newline_ends: bool = False
    hash_comments: bool = False
    type_before: re.Pattern[str] = NEVER
    open_members: bool = False
    expression_bodies: bool = False
    control: re.Pattern[str] = NEVER
    enum_body: re.Pattern[str] = NEVER
    scope: re.Pattern[str] = NEVER
    soft_recovery: re.Pattern[str] = NEVER
    member_recovery: re.Pattern[str] = NEVER
    constant_line: re.Pattern[str] = NEVER
    constant: re.Pattern[str] = NEVER
    constant_parts: re.Pattern[str] = NEVER


TOKEN_KINDS = 12
"""The groups of `Dialect.tokens`; what matches outside of all groups is skipped."""

_DOUBLE = r"\"[^\"\\]*(?:\\.[^\"\\]*)*\""
_SINGLE = r"'[^'\\]*(?:\\.[^'\\]*)*'"


def _tokens(
    strings: str, *, long_string: str, unclosed: str = "[\"']", slash: bool = False, first: str = ""
) -> re.Pattern[str]:
    """The pattern for `Dialect.tokens`; `first` are characters that only this language's tokens start with."""
    return re.compile(
        rf"(?=[/\"'`{{}}()\[\];={first}])(?:"  # most characters start nothing: tell fast
        rf"(/\*)|({long_string})|(?:{strings})|({unclosed})"
        r"|(\{)|(\})|([(\[])|([)\]])|(;)|(=>)|((?<![=<>!+\-*/%&|^?])=(?![=>]))"
        rf"|({'/(?![/*>])' if slash else '(?!)'})|(//))"
    )


# JavaScript and TypeScript. An apostrophe after a letter or digit is text of JSX, as in "don't".

_JS_NAME = r"[^\W\d][\w$]*|\$[\w$]*"
_JS_IMPORTED = (
    rf"(?:{_JS_NAME}|\{{[^{{}}]*\}})\s*=\s*(?:await\s+)?(?:require|import)\(\s*['\"][^'\"\n]*['\"]\s*\)[.\w$]*"
)

JAVASCRIPT = Dialect(
    tokens=_tokens(
        rf"{_DOUBLE}|(?<![\w$])'[^'\\]*(?:\\.[^'\\]*)*'", long_string="`", unclosed=r"\"|(?<![\w$])'", slash=True
    ),
    regexes=True,
    newline_ends=True,
    type_before=lazy_regex(r"(?:[<,:|&=?]|\bextends)\Z"),
    function=lazy_regex(
        r"(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:async\s+)?function\b"
        rf"|(?:export\s+)?(?:const|let|var)\s+(?:{_JS_NAME})\s*(?::[^=]*)?=\s*(?:async\s+)?"
        rf"(?:function\b|\([^()]*$|(?:\([^()]*\)|\(.*\)|{_JS_NAME})\s*(?::[^=]*)?=>|<.*>\s*\()"
    ),
    declaration=lazy_regex(
        r"@[\w$]|(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:class|namespace|module)(?=[\s{])"
        r"(?!\s*[=(.])"
    ),
    container=lazy_regex(r"(?<![.\w$])(?:class(?=\s+[\w$]|\s*\Z)|(?:namespace|module)\s+[\w$\"'])"),
    scope=lazy_regex(r"(?<![.\w$])(?:namespace|module)\b"),
    control=lazy_regex(r"(?:if|for|while|do|try|switch|with)\b"),
    root_recovery=lazy_regex(r"export\s+[\w{*]|import\s+[\w{*\"'$]"),
    soft_recovery=lazy_regex(r"(?:async\s+)?function\b\s*\*?\s*[\w$]|class\s+[\w$]"),
    member_recovery=lazy_regex(
        r"(?:async|static|get|set|public|private|protected|readonly|override)\s+[\w$#*\[]|constructor\s*\("
        r"|(?!(?:if|for|while|switch|catch|with|function|return)\b)#?[\w$]+\s*\([^()]*\)\s*(?::[^{}]*)?\{\s*$"
    ),
    import_line=lazy_regex(r"import\b(?!\s*[(.])|(?:export\s+)?(?:const|let|var)\b[^;]*\b(?:require|import)\("),
    import_statement=lazy_regex(
        r"import\s+[^;'\"()]*?\bfrom\s*(?:'[^'\n]*'|\"[^\"\n]*\")(?:\s*(?:with|assert)\s*\{[^{}]*\})?;?"
        r"|import\s*(?:'[^'\n]*'|\"[^\"\n]*\");?"
        rf"|import\s+(?:{_JS_NAME})\s*=\s*require\(\s*['\"][^'\"\n]*['\"]\s*\);?"
        rf"|(?:const|let|var)\s+{_JS_IMPORTED}(?:\s*,\s*{_JS_IMPORTED})*;?"
    ),
    names=(
        lazy_regex(r"(?<![.\w$@])(?:class|namespace|module)\s+(?!extends\b|implements\b)([\w.$]+)"),
        lazy_regex(r"(?<![.\w$@])function\b\s*\*?\s*([\w$]+)"),
        lazy_regex(r"(?<![.\w$@])(?:const|let|var)\s+([\w$]+)"),
        lazy_regex(
            r"(?:\A|(?<=[\n\r)]))\s*(?:(?:async|static|public|private|protected|readonly|override|declare|accessor)\s+)*"
            r"(#?[\w$]+)\s*[?!]?\s*(?::[^=()]*)?=(?!=)"
        ),
        lazy_regex(r"(?<![\w@.$'\"/])(#?[\w$]+)\s*\??\s*(?:<[^()]*>)?\("),
    ),
)

# Java

_MODIFIER = r"(?:public|protected|private|abstract|final|static|sealed|non-sealed|strictfp)\s+"
_JAVA_TYPE = r"(?:class|interface|enum|record|@interface)\s+\w"
_JAVA_LITERALS = rf"(?:{_DOUBLE}|{_SINGLE}|[\w\s,.()-])*"
_JAVA_CONSTANT = (
    rf"(?:{_MODIFIER}){{2,5}}[\w.<>,?\[\] ]{{1,100}}?\s{{1,9}}(?P<name>\w+)\s*=\s*"
    rf"(?P<value>{_DOUBLE}(?:\s*\.\s*(?:getBytes|toCharArray)\([\w.\s]*\))?|\d[\w.]*"
    rf"|(?:new\s+\w+\s*\[\s*\]\s*)?\{{{_JAVA_LITERALS}\}}|(?:Set|List|Map|Arrays)\.(?:of|asList)\({_JAVA_LITERALS}\))"
)

JAVA = Dialect(
    tokens=_tokens(rf"{_DOUBLE}|{_SINGLE}", long_string=r"\"\"\""),
    open_members=True,
    type_before=lazy_regex(r"=\Z"),
    function=NEVER,
    declaration=lazy_regex(r"(?!(?:import|package)\b)"),
    container=lazy_regex(r"(?<![.\w$])(?:(?:class|@?interface|enum)\s+\w|record\s+\w+\s*(?:<.*)?\Z)"),
    enum_body=lazy_regex(r"(?<![\w@.$])enum\s+\w"),
    root_recovery=lazy_regex(r"import\s+(?:static\s+)?\w|package\s+\w"),
    soft_recovery=lazy_regex(rf"(?:{_MODIFIER})*{_JAVA_TYPE}"),
    member_recovery=lazy_regex(r"(?:public|protected|private)\s|static\s+[\w<]|@Override\b"),
    import_line=lazy_regex(r"import\b"),
    import_statement=lazy_regex(r"import\s+(?:static\s+)?[\w.]+(?:\.\*)?\s*;"),
    constant_line=lazy_regex(r"(?=(?:\w+\s+){0,3}?static\s)(?:\w+\s+){0,3}?final\s"),
    constant=lazy_regex(
        rf"(?=(?:\w+\s{{1,9}}){{0,3}}?static\s)(?=(?:\w+\s{{1,9}}){{0,3}}?final\s){_JAVA_CONSTANT}\s*;"
    ),
    constant_parts=lazy_regex(rf"\A{_JAVA_CONSTANT}"),
    names=(
        lazy_regex(r"(?<![.\w$@])(?:class|interface|enum|record)\s+(\w+)|@interface\s+(\w+)"),
        lazy_regex(r"(?<![\w@.$])([\w$]+)\s*\("),
    ),
)

# C#

_CS_MODIFIER = (
    r"(?:public|protected|private|internal|abstract|sealed|static|partial|readonly|ref|unsafe|file|new|required)\s+"
)
_CS_TYPE = r"(?:class|interface|enum|struct|record)\s+\w"
_CS_CONTROL = (
    r"(?:if|for|foreach|while|do|switch|try|using|lock|fixed|checked|unchecked|unsafe|return|throw|await|yield|else"
    r"|goto|break|continue|var|new)\b"
)

_CS_LITERALS = rf"(?:@?{_DOUBLE}|{_SINGLE}|[\w\s,.=\[\]{{}}-])*"
_CS_NAMED = rf"(?:{_CS_MODIFIER}){{0,6}}(?:const\s{{1,9}})?[\w.<>,?\[\] ]{{1,100}}?\s{{1,9}}(?P<name>\w+)\s*=\s*"
_CS_VALUE = rf"(?P<value>@?{_DOUBLE}|(?:new\b[^{{;\"]*\{{|\[){_CS_LITERALS}[\]}}]|[^;\"{{}}]*)"

CSHARP = Dialect(
    tokens=_tokens(
        rf"\$?{_DOUBLE}|{_SINGLE}",
        long_string=r"\$*\"\"\"+|(?:@\$?|\$@)\"",
        first="$@",
    ),
    hash_comments=True,
    open_members=True,
    expression_bodies=True,
    type_before=lazy_regex(r"=\Z"),
    function=NEVER,
    declaration=lazy_regex(
        rf"\[\s*[A-Za-z]|(?:{_CS_MODIFIER})*(?:{_CS_TYPE}|namespace\s+[\w.]+\s*(?![\w.;\s])|delegate\s+\w)|{_CS_MODIFIER}"
        rf"|(?!{_CS_CONTROL})(?:async\s+)?[\w.]+(?:<[^=()]*>)?[?\[\]]*\s+\w+\s*(?:<[^=()]*>)?\("
    ),
    container=lazy_regex(r"(?<![.\w])(?:class|interface|enum|struct|record|namespace)\s+(?!where\b)\w"),
    control=lazy_regex(_CS_CONTROL),
    root_recovery=lazy_regex(r"using\s+(?:static\s+)?[\w.]+\s*;|using\s+\w+\s*=\s*[\w.]+;"),
    soft_recovery=lazy_regex(rf"namespace\s+\w|(?:{_CS_MODIFIER})*{_CS_TYPE}"),
    member_recovery=lazy_regex(r"(?:public|protected|private|internal)\s"),
    constant_line=lazy_regex(r"(?:\w+\s+){0,4}?(?:const|readonly)\s"),
    constant=lazy_regex(
        rf"(?=(?:\w+\s{{1,9}}){{0,4}}?const\s){_CS_NAMED}(?:{_DOUBLE}|[^;\"{{}}])*;"
        rf"|(?=(?:\w+\s{{1,9}}){{0,4}}?readonly\s){_CS_NAMED.replace('name', 'own')}"
        rf"(?:@?{_DOUBLE}|(?:new\b[^{{;\"]*\{{|\[){_CS_LITERALS}[\]}}])\s*;"
    ),
    constant_parts=lazy_regex(rf"\A{_CS_NAMED}{_CS_VALUE}"),
    import_line=lazy_regex(r"(?:global\s+)?using\s+[^()]*;"),
    import_statement=lazy_regex(r"(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?[\w.:<>,\[\] ]+;"),
    names=(
        lazy_regex(r"(?<![.\w@])(?:class|interface|enum|struct|record(?:\s+(?:struct|class))?|namespace)\s+([\w.]+)"),
        lazy_regex(r"(?<![\w@.\[])(?!where\b)(\w+)\s*(?:<[^()=]*>)?\s*\("),
    ),
)

# Go

_GO_TEXT = rf"{_DOUBLE}|`[^`]*`"
_GO_LITERALS = rf"(?:{_GO_TEXT}|[\w\s,.:{{}}-]|//[^\n]*\n)*"
_GO_TABLE = rf"(?:map\[\w+\][\w.]+(?:\{{\}})?|\[[\w.]*\]\w+)\{{{_GO_LITERALS}\}}"

GO = Dialect(
    tokens=_tokens(rf"{_DOUBLE}|{_SINGLE}", long_string="`"),
    newline_ends=True,
    function=lazy_regex(r"func\s+[\w(]"),
    declaration=NEVER,
    container=NEVER,
    root_recovery=lazy_regex(
        r"func\s+[\w(]|package\s+\w+\s*(?:/[/*].*)?$|import\s+[\"(`]|type\s+\w+\s+(?:struct|interface)\b"
    ),
    constant_line=lazy_regex(r"(?:const|var)\b"),
    constant=lazy_regex(
        rf"const\s*\((?:{_GO_TEXT}|[^()\"`]|\((?:{_GO_TEXT}|[^()\"`])*\))*\)"
        rf"|const\s+\w+(?:\s+[\w.]+)?\s*=\s*(?:{_GO_TEXT}|[^\n\"`{{}}()]|\([^()\n]*\))+"
        rf"|var\s+\w+(?:\s+[\w.\[\]]+)?\s*=\s*(?:{_GO_TEXT}|{_GO_TABLE})"
    ),
    constant_parts=lazy_regex(
        rf"(?m)(?:^[ \t]*|^(?:const|var)\s+|\(\s*)(?P<name>(?!(?:const|var)\b)[^\W\d]\w*)(?:[ \t]+[\w.\[\]]+)?[ \t]*"
        rf"(?:=\s*(?P<value>{_GO_TEXT}|{_GO_TABLE}|[^\n]*))?$"
    ),
    import_line=lazy_regex(r"import\b"),
    import_statement=lazy_regex(r"import\s*\([^()]*\)|import\s+(?:[\w.]+\s+)?(?:\"[^\"\n]*\"|`[^`\n]*`)"),
    names=(
        lazy_regex(r"func\s*\(\s*(?:\w+\s+)?\*?\s*(?P<receiver>\w+)\s*(?:\[[^\]]*\])?\s*\)\s*(\w+)"),
        lazy_regex(r"func\s+(\w+)"),
    ),
)

DIALECTS = {
    "javascript": JAVASCRIPT,
    "javascriptreact": JAVASCRIPT,
    "typescript": JAVASCRIPT,
    "typescriptreact": JAVASCRIPT,
    "java": JAVA,
    "csharp": CSHARP,
    "go": GO,
}
