"""The intermediate representation: structured statements and expressions, the same for every language.

It holds what the engine can follow and nothing of one language's syntax: a lowering writes template literals, f-strings
and ``String.format`` as `Format`, ``match``, ``switch`` and ``else if`` as `If`, ``with``, ``using`` and ``defer`` as
assignments around a body. It is a tree and no graph of blocks, since the languages at hand have no ``goto``.

Every node has a span in bytes of the parsed source.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal, Union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Constant = Union[str, bytes, int, float, bool, None]  # noqa: UP007 - an alias is evaluated, also by Python 3.10
Spread = Literal["", "items", "fields"]
CollectionKind = Literal["list", "tuple", "set", "map"]


@dataclass(slots=True, eq=False)
class Node:
    """Anything with a place.

    Attributes:
        start: first byte.
        end: byte after the last one.
    """

    start: int
    end: int


# Expressions


@dataclass(slots=True, eq=False)
class Expression(Node):
    """Something that has a value."""


@dataclass(slots=True, eq=False)
class Const(Expression):
    """A literal."""

    value: Constant


@dataclass(slots=True, eq=False)
class Name(Expression):
    """A variable, a function, a module or a class by its plain name."""

    id: str


@dataclass(slots=True, eq=False)
class Attribute(Expression):
    """A member by its name, ``base.name``."""

    base: Expression
    name: str


@dataclass(slots=True, eq=False)
class Index(Expression):
    """An element, ``base[key]``."""

    base: Expression
    key: Expression


@dataclass(slots=True, eq=False)
class Slice(Expression):
    """A stretch of a sequence; it is the key of an `Index`. Absent bounds are None."""

    low: Expression | None
    high: Expression | None
    step: Expression | None = None


@dataclass(slots=True, eq=False)
class Argument(Node):
    """What a call passes: by position, by name, or spread out of a collection."""

    value: Expression
    name: str = ""
    spread: Spread = ""


@dataclass(slots=True, eq=False)
class Call(Expression):
    """A call, a construction (``new``) included."""

    callee: Expression
    arguments: tuple[Argument, ...]
    is_new: bool = False


@dataclass(slots=True, eq=False)
class Format(Expression):
    """A text put together: known pieces and values.

    Attributes:
        parts: in order.
        numeric: indices of the parts that are written as numbers whatever they are, as ``%d`` does.
    """

    parts: tuple[str | Expression, ...]
    numeric: frozenset[int] = frozenset()


@dataclass(slots=True, eq=False)
class Operation(Expression):
    """An operator over its operands, in the language-neutral spelling ``+ - * / // % ** << >> & | ^ ~ ??``.

    A chain of the same operator from left to right is one operation with many operands.
    """

    op: str
    operands: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class Compare(Expression):
    """One comparison: ``== != < <= > >= in not-in is is-not instance-of``."""

    op: str
    left: Expression
    right: Expression


@dataclass(slots=True, eq=False)
class Not(Expression):
    """Logical negation."""

    operand: Expression


@dataclass(slots=True, eq=False)
class Bool(Expression):
    """``and`` or ``or`` over two operands or more; its value is that of an operand, as in Python and JavaScript."""

    op: Literal["and", "or"]
    operands: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class Conditional(Expression):
    """``test ? then : otherwise``."""

    test: Expression
    then: Expression
    otherwise: Expression


@dataclass(slots=True, eq=False)
class Collection(Expression):
    """A list, tuple, set or map written out.

    Attributes:
        kind: what it is.
        items: key (None for all but maps) and value; a spread one is an `Argument`.
    """

    kind: CollectionKind
    items: tuple[tuple[Expression | None, Expression | Argument], ...]


@dataclass(slots=True, eq=False)
class Generator(Node):
    """``for target in iterable if conditions``."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class Comprehension(Expression):
    """A collection made by loops.

    Attributes:
        kind: what comes out.
        generators: outermost first.
        key: for maps.
        element: the value.
    """

    kind: CollectionKind
    generators: tuple[Generator, ...]
    key: Expression | None
    element: Expression


@dataclass(slots=True, eq=False)
class Lambda(Expression):
    """A function as a value."""

    function: Function


@dataclass(slots=True, eq=False)
class AssignExpression(Expression):
    """An assignment that has a value."""

    target: Expression
    value: Expression


@dataclass(slots=True, eq=False)
class Cast(Expression):
    """A value that is said to be of a type, by its qualified name."""

    value: Expression
    type: str


@dataclass(slots=True, eq=False)
class Yield(Expression):
    """A value handed out of a generator; what comes back is unknown. ``await`` is not in the IR: it is transparent.

    Attributes:
        value: what is handed out.
        every: whether that are its elements.
    """

    value: Expression | None
    every: bool = False


@dataclass(slots=True, eq=False)
class Unknown(Expression):
    """What the lowering has no form for, or could not parse; its parts are looked at in order."""

    parts: tuple[Expression, ...] = ()


# Statements


@dataclass(slots=True, eq=False)
class Statement(Node):
    """Something that is done."""


Block = tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class Evaluate(Statement):
    """An expression for its effects."""

    value: Expression


@dataclass(slots=True, eq=False)
class Assign(Statement):
    """``targets = value``, or ``target op= value``.

    Attributes:
        targets: each gets the whole value; a `Collection` unpacks it (a map by its keys), an `Argument` in it takes the
            rest, an `AssignExpression` has a default.
        value: what is assigned.
        op: the operator of an augmented assignment.
        declared: qualified name of the type that a declaration gives.
    """

    targets: tuple[Expression, ...]
    value: Expression
    op: str = ""
    declared: str = ""


@dataclass(slots=True, eq=False)
class If(Statement):
    """Branches in the order they are tested, and what is done if none is taken."""

    branches: tuple[tuple[Expression, Block], ...]
    otherwise: Block


@dataclass(slots=True, eq=False)
class Loop(Statement):
    """Any loop.

    Attributes:
        test: asked before each round; None if nothing is.
        target: gets the elements of `iterable`; None for loops that only test.
        iterable: what is looped over.
        body: each round.
        update: after each round, also after ``continue``.
        otherwise: after the last round, if the loop was not left.
        test_last: the body is done once before the first test.
    """

    test: Expression | None
    target: Expression | None
    iterable: Expression | None
    body: Block
    update: Block = ()
    otherwise: Block = ()
    test_last: bool = False


@dataclass(slots=True, eq=False)
class Handler(Node):
    """What is done with an error.

    Attributes:
        name: what holds it, empty if nothing does.
        body: what is done.
        caught: which errors, and the name, as written; None if it has no name.
    """

    name: str
    body: Block
    caught: Node | None = None


@dataclass(slots=True, eq=False)
class Try(Statement):
    """A body, the handlers of its errors, what follows a body without errors, and what is always done."""

    body: Block
    handlers: tuple[Handler, ...]
    otherwise: Block
    final: Block


@dataclass(slots=True, eq=False)
class Sequence(Statement):
    """Statements as one.

    Attributes:
        breaks: whether a `Break` in them ends them, as in a ``switch``.
    """

    body: Block
    breaks: bool = False


@dataclass(slots=True, eq=False)
class Return(Statement):
    """The end of a function."""

    value: Expression | None


@dataclass(slots=True, eq=False)
class Raise(Statement):
    """An error; the path ends here."""

    value: Expression | None


@dataclass(slots=True, eq=False)
class Break(Statement):
    """The end of a loop, the innermost one but `outer` many."""

    outer: int = 0


@dataclass(slots=True, eq=False)
class Continue(Statement):
    """The end of a round of a loop, the innermost one but `outer` many."""

    outer: int = 0


@dataclass(slots=True, eq=False)
class Delete(Statement):
    """Names or elements that are no more."""

    targets: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class Import(Statement):
    """A name bound to what another module offers.

    Attributes:
        name: the name here.
        qualified: the dotted name it stands for.
    """

    name: str
    qualified: str


@dataclass(slots=True, eq=False)
class Parameter(Node):
    """One parameter of a function.

    Attributes:
        name: its name.
        annotation: its type as written, empty if there is none.
        default: its default.
        spread: whether it takes the rest of the arguments, positional or named.
        decorators: what is applied to it, outermost first; annotations of other languages, too.
    """

    name: str
    annotation: str = ""
    default: Expression | None = None
    spread: Spread = ""
    decorators: tuple[Expression, ...] = ()


@dataclass(slots=True, eq=False)
class Function(Node):
    """A function's code.

    Attributes:
        name: its name, empty for lambdas.
        parameters: in order.
        body: what it does; an expression's value is a `Return`.
        decorators: what is applied to it, outermost first; annotations and attributes of other languages, too.
        is_method: whether the first parameter is the object it is called on.
        outer: names that belong to the scopes around it although they are assigned here.
        is_generator: whether what it hands out are elements.
        in_order: whether it hands them out one after the other, on every path that comes so far.
    """

    name: str
    parameters: tuple[Parameter, ...]
    body: Block
    decorators: tuple[Expression, ...] = ()
    is_method: bool = False
    outer: frozenset[str] = frozenset()
    is_generator: bool = False
    in_order: bool = False

    @property
    def passed(self) -> tuple[Parameter, ...]:
        """The parameters without the object that it is called on: those that stand for arguments."""
        return self.parameters[1:] if self.is_method else self.parameters


@dataclass(slots=True, eq=False)
class Define(Statement):
    """A function with a name."""

    function: Function


@dataclass(slots=True, eq=False)
class DefineClass(Statement):
    """A class.

    Attributes:
        name: its name.
        bases: what it derives from, as written.
        body: definitions and fields.
        decorators: outermost first.
    """

    name: str
    bases: tuple[Expression, ...]
    body: Block
    decorators: tuple[Expression, ...] = field(default=())


@dataclass(slots=True, eq=False)
class Module(Node):
    """A unit.

    Attributes:
        body: its statements; imports that hold here come first.
        broken: whether a part of it could not be parsed.
        cut: whether a part of it nests too deep to be lowered.
    """

    body: Block
    broken: bool = False
    cut: bool = False


def _kinds(kind: type[Node]) -> Iterator[type[Node]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _kinds(inner)


PARTS: Mapping[type[Node], tuple[str, ...]] = {
    kind: tuple(part.name for part in fields(kind))[2:] for kind in _kinds(Node)
}
"""For each kind of node, the names of its fields but for its place, in the order of its parameters."""
