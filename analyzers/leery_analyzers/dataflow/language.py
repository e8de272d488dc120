"""What holds for a language unless it says otherwise; the base of every plugin."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.evaluate import Evaluator
    from leery_analyzers.dataflow.guards import Guards
    from leery_analyzers.dataflow.state import Closure, LocalClass
    from leery_analyzers.dataflow.values import Taint, Value


class CommonLanguage:
    """A language without anything of its own.

    Attributes:
        queued: decorators of functions that are called with what stands in a queue.
        constructor: name of the method that makes an object.
        called: name of the method that is run where an object is called as a function is.
        completes: name of the method that is called once the constructor is done.
        numbers: types whose values cannot hold a text of someone's choice.
        texts: types of texts, as conditions name them.
        not_data: types of parameters that are objects of the program, not data.
        injected: functions that, as a parameter's default, say that the framework makes its value.
        of_class: decorators of methods that get the class and no object.
        matchers: functions that match a pattern (first) with a text, and whether the whole text must match.
        kinds: the types that collections written out have.
        own_callbacks: whether a function written as an argument is followed where it stands.
        answers: whether a sink gives an answer of its own, and not what was put into it.
        ends: whether a function of the document that never comes back ends the path of who calls it.
        shared: types of objects that a function changes for who calls it, too.
        inner: whether a function without a name does so to the objects of the scope around it.
        statics: whether functions change fields that all objects of a class share, for whoever reads them next.
        tools: names of collections of functions that are given to a model.
        by_name: whether a method that only one class of the document has is taken for what a call of that name means.
        leading: whether the first elements of a sequence are known although not how many follow.
        overloads: whether functions of one name may differ in the number of their parameters.
    """

    queued: frozenset[str] = frozenset()
    constructor = ""
    called = ""
    completes = ""
    numbers: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    not_data: Container[str] = frozenset()
    injected: frozenset[str] = frozenset()
    of_class: frozenset[str] = frozenset()
    matchers: Mapping[str, bool] = MappingProxyType({})
    kinds: Mapping[ir.CollectionKind, str] = MappingProxyType(
        {"list": "list", "tuple": "tuple", "set": "set", "map": "dict"}
    )
    own_callbacks = False
    answers = False
    by_name = False
    leading = False
    overloads = False
    tools: tuple[str, ...] = ()
    ends = False
    shared: frozenset[str] = frozenset()
    inner = False
    statics: bool = False

    def element(self, base: Value, key: Value, found: Value) -> Value:
        """An element as the language sees it.

        Args:
            base: what it is an element of.
            key: under which key.
            found: what is known of it.
        """
        del base, key
        return found

    def indexed(self, engine: Engine, base: Value, key: Value, node: ir.Index) -> Value | None:
        """An element of an object that has a method for it; None for any other."""
        del engine, base, key, node
        return None

    def put(self, engine: Engine, target: ir.Attribute, value: Value) -> bool:
        """Give a member a value by a function of the object's class; whether there is one."""
        del engine, target, value
        return False

    def assigned(self, engine: Engine, target: ir.Index, base: Value, value: Value) -> None:
        """Look at the key under which something is put into a value."""
        del engine, target, base, value

    def selected(self, which: str, given: Arguments) -> Iterable[tuple[Value, ir.Node]] | None:
        """The arguments that a model means by a name of the language's own; None for any other name."""
        del which, given
        return None

    def keeps(self, text: str) -> bool:
        """Whether a method answers requests on an object that all requests share: fields last from one to the next."""
        del text
        return False

    def sourced(self, value: Value, given: Arguments, node: ir.Node) -> Value:
        """What a source gives that is called with these arguments."""
        del given, node
        return value

    def written(self, engine: Engine, value: Value, node: ir.Node) -> Value:
        """A value where it is written into a text."""
        del engine, node
        return value

    def again(self, given: Arguments) -> bool:
        """Whether a function that calls itself is followed once more with these arguments."""
        del given
        return False

    def entered(self, engine: Engine, function: ir.Function, parameter: ir.Parameter, value: Value) -> Value:
        """A parameter of a function that is called from outside."""
        del engine, function, parameter
        return value

    def answered(self, engine: Engine, node: ir.Expression, value: Value) -> None:
        """Look at what a function gives back."""
        del engine, node, value

    def converted(self, engine: Engine, parameter: ir.Parameter, kind: str) -> str:
        """Why a parameter of a type holds no text of someone's choice; empty if nothing says so."""
        del engine, parameter, kind
        return ""

    def member(self, evaluator: Evaluator, base: Value, name: str, node: ir.Expression) -> Value | None:
        """The value of a member with a meaning of its own; None for any other."""
        del evaluator, base, name, node
        return None

    def caught(self, engine: Engine, handler: ir.Handler) -> tuple[Taint, ...]:
        """What an error that is handled tells of the program."""
        del engine, handler
        return ()

    def handed(self, engine: Engine, closure: Closure, parameter: ir.Parameter) -> tuple[Taint, ...]:
        """What a parameter tells of the program in which a framework hands over an error."""
        del engine, closure, parameter
        return ()

    def is_debugging(self, engine: Engine, test: ir.Expression) -> bool:
        """Whether a condition holds only while the program is debugged."""
        del engine, test
        return False

    def answers_with(self, closure: Closure) -> bool:
        """Whether what a function gives is sent to who asked, apart from routes."""
        del closure
        return False

    def assume(self, guards: Guards, test: ir.Expression, *, holds: bool) -> bool:
        """Take a condition for given that only this language writes so; whether it is one."""
        del guards, test, holds
        return False

    def place(self, engine: Engine, node: ir.Expression) -> ir.Expression:
        """The member that a call reads, where reading it once more gives the same; any other expression as it is."""
        del engine
        return node

    def escaped(self, function: ir.Function) -> frozenset[str]:
        """The classes of harm that what a function gives cannot do, by how it takes texts apart."""
        del function
        return frozenset()

    def looped(self, guards: Guards, loop: ir.Loop) -> None:
        """Take in what holds after a loop that came to its end."""
        del guards, loop

    def typed(self, engine: Engine, value: Value, kind: str, node: ir.Node) -> Value:
        """A value that is said to be of a type, by a declaration or a cast; the value where that promises nothing."""
        del engine, kind, node
        return value

    def constructed(self, engine: Engine, target: LocalClass, given: Arguments, node: ir.Node) -> Value | None:
        """What calling a class of the document gives where that is no object with what was passed in it."""
        del engine, target, given, node
        return None

    def call(
        self, calls: Calls, node: ir.Call, names: list[str], receiver: Value | None, given: Arguments
    ) -> Value | None:
        """The value of a call of the language's own library; None for any other."""
        del calls, node, names, receiver, given
        return None

    def operation(self, evaluator: Evaluator, node: ir.Operation, values: list[Value]) -> Value | None:
        """The value of an operator with a meaning of its own; None for any other."""
        del evaluator, node, values
        return None
