"""The recent past of one open document: its states, the steps between them, and what undo can come back to.

A *step* is one trimmed edit and where the owners of its characters come from, kept as a recipe (`Part`) and not as a
result: when something about the past is learned late (a hint, git's answer), the recipe of that step is changed and the
owners of all later states follow. Attributions of intermediate states are computed only when somebody asks.

It must not decide where text comes from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from leery.provenance.attribution import Attribution
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from leery.provenance.edits import Cut
    from leery_analyzers.text import Text, TextEdit

UNDO_STATES = 200
"""How many earlier states of a document undo and redo are recognised for."""
STEPS = 4_096
"""How many steps are kept at most; older ones can no longer be changed by what is learned late."""


@dataclass(frozen=True, slots=True)
class Own:
    """New characters with one owner."""

    length: int
    owner: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Characters that have the owners of a place in the text the recipe speaks of."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Carry:
    """Characters that bring their owners from elsewhere."""

    owners: Attribution


@dataclass(frozen=True, slots=True)
class Like:
    """New characters that belong to whoever has one character of the text the recipe speaks of."""

    length: int
    at: int


Part = Union[Own, Keep, Carry, Like]  # noqa: UP007 - evaluated at run time, and 3.10's mypy target reads both


def build(parts: Sequence[Part], base: Attribution) -> Attribution:
    """The owners that a recipe gives, `Keep` read in `base`."""
    if len(parts) == 1 and isinstance(parts[0], Own):
        return Attribution.of(parts[0].length, parts[0].owner)
    return Attribution.join(_owners(part, base) for part in parts)


def _owners(part: Part, base: Attribution) -> Attribution:
    if isinstance(part, Own):
        return Attribution.of(part.length, part.owner)
    if isinstance(part, Keep):
        return base.slice(part.start, part.end)
    if isinstance(part, Like):
        return Attribution.of(part.length, base.owner_at(part.at))
    return part.owners


@dataclass(frozen=True, slots=True)
class Restore:
    """A batch of edits led back to an earlier state: its owners are that state's."""

    first: int
    state: State


@dataclass(frozen=True, slots=True)
class Remap:
    """A batch of edits seen as a whole: each place of the old text (sorted, disjoint) gives way to a recipe."""

    first: int
    base: State
    places: tuple[tuple[TextRange, tuple[Part, ...]], ...]


Override = Union[Restore, Remap]  # noqa: UP007 - as above
"""What holds after a batch instead of its steps' recipes; `first` is the `seq` of its first step."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A place of the new state whose owners come from an earlier one: what a hint said about it."""

    place: TextRange
    base: State
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Characters at some places (sorted) of one state that change hands: only those that one of `over` has."""

    places: tuple[TextRange, ...]
    owner: str
    over: frozenset[str]


class State:
    """A text the document had, and its owners.

    Attributes:
        text: the content.
        version: the client's number for it.
        step: what led to it, as long as that can change.
        growth: for each block the characters that formatting added to it in this document (negative: took away).
        overlays: characters that changed hands by what was learned later.
    """

    __slots__ = ("_owners", "growth", "overlays", "step", "text", "version")

    def __init__(self, text: Text, version: int, owners: Attribution | None = None) -> None:
        self.text = text
        self.version = version
        self.step: Step | None = None
        self.growth: Mapping[str, int] = {}
        self.overlays: tuple[Overlay, ...] = ()
        self._owners = owners

    @property
    def owners(self) -> Attribution:
        """Who owns each character."""
        if self._owners is None:
            missing: list[State] = []
            state = self
            while state._owners is None:
                missing.append(state)
                assert state.step is not None
                state = state.step.before
            for later in reversed(missing):
                assert later.step is not None
                later._owners = later._overlaid(later.step.attribute())  # noqa: SLF001 - as above
        assert self._owners is not None
        return self._owners

    def _overlaid(self, owners: Attribution) -> Attribution:
        for overlay in self.overlays:
            owners = owners.overlay(overlay.places, overlay.owner, overlay.over)
        return owners

    def add_overlay(self, overlay: Overlay) -> None:
        """Let characters of this state change hands, also when its owners are computed anew."""
        self._owners = self.owners.overlay(overlay.places, overlay.owner, overlay.over)
        self.overlays = (*self.overlays, overlay)

    def reset(self, owners: Attribution) -> None:
        """Give a state that no step leads to other owners; what was laid over the old ones is laid over these."""
        assert self.step is None
        self._owners = self._overlaid(owners)

    def forget(self) -> None:
        """Compute the owners anew when they are asked for; a state that no step leads to keeps them."""
        if self.step is not None:
            self._owners = None


class Step:
    """One edit from one state to the next.

    Attributes:
        seq: grows with every step and every removal in the workspace.
        cut: the trimmed edit.
        parts: the recipe for the characters it inserted.
        override: what holds after the batch that ends here, or None.
        patches: what hints said about the state after it.
        time: when it came, monotonic seconds.
        made: the block made for it, if any.
        claimed: whether a hint has explained it.
    """

    __slots__ = ("after", "before", "claimed", "cut", "made", "override", "parts", "patches", "seq", "time")

    def __init__(self, seq: int, before: State, cut: Cut, time: float) -> None:
        self.seq = seq
        self.before = before
        self.cut = cut
        self.parts: tuple[Part, ...] = ()
        self.override: Override | None = None
        self.patches: tuple[Patch, ...] = ()
        self.time = time
        self.made: str | None = None
        self.claimed = False
        self.after: State

    @property
    def edit(self) -> TextEdit:
        """The trimmed edit."""
        return self.cut.edit

    def attribute(self) -> Attribution:
        """The owners after this step."""
        override = self.override
        if isinstance(override, Restore):
            owners = override.state.owners
        elif isinstance(override, Remap):
            owners = base = override.base.owners
            for place, parts in reversed(override.places):
                owners = owners.splice(place.start, place.end, build(parts, base))
        else:
            base = self.before.owners
            owners = base.splice(self.edit.start, self.edit.end, build(self.parts, base))
        for patch in self.patches:
            owners = owners.splice(patch.place.start, patch.place.end, build(patch.parts, patch.base.owners))
        return owners


class History:
    """The states that can still change, and those that undo can come back to."""

    def __init__(self, state: State) -> None:
        self.steps: list[Step] = []
        self._undo: dict[int, State] = {}
        self._first: State | None = state  # hashed when first needed, which a job may have made cheap by then
        self.now = state

    def remember(self, state: State) -> None:
        """Let undo come back to a state; of equal texts the latest counts."""
        self._remember_first()
        key = state.text.fingerprint
        self._undo.pop(key, None)
        self._undo[key] = state
        if len(self._undo) > UNDO_STATES:
            del self._undo[next(iter(self._undo))]

    def _remember_first(self) -> None:
        if self._first is not None:
            self._undo[self._first.text.fingerprint] = self._first
            self._first = None

    def detach(self) -> tuple[State, ...]:
        """The states that undo could come back to, oldest first, for a document that is closed and opened again."""
        self._remember_first()
        states = tuple(State(state.text, state.version, state.owners) for state in self._undo.values())
        return states[-UNDO_STATES:]

    def inherit(self, states: Sequence[State]) -> None:
        """Let undo come back to states from before the document was closed."""
        for state in states:
            self._undo.setdefault(state.text.fingerprint, state)

    def find(self, text: Text) -> State | None:
        """The latest remembered state with this text."""
        self._remember_first()
        state = self._undo.get(text.fingerprint)
        return state if state is not None and state.text == text else None

    def push(self, step: Step, after: State) -> None:
        """Add a step that leads to `after`, which becomes the present."""
        after.step = step
        after.growth = step.before.growth
        step.after = after
        self.steps.append(step)
        self.now = after

    def replace_now(self, owners: Attribution) -> None:
        """Give the present other owners, whatever led to it."""
        step = self.now.step
        if step is None:
            self.now.reset(owners)
            return
        whole = TextRange(0, len(self.now.text))
        step.patches = (*step.patches, Patch(whole, step.before, (Carry(owners),)))
        self.now.forget()

    def reaches(self, state: State) -> bool:
        """Whether the present still follows from a state through the kept steps."""
        return state is self.now or any(step.before is state for step in self.steps)

    def recompute(self, first: Step) -> None:
        """Forget the owners of every state from the one after `first` on, so that they follow its changed recipe."""
        for step in reversed(self.steps):
            step.after.forget()
            if step is first:
                return

    def recompute_after(self, state: State) -> None:
        """Forget the owners of every state later than `state`."""
        for step in reversed(self.steps):
            if step.after is state:
                return
            step.after.forget()

    def prune(self, oldest: float, held: Sequence[State]) -> None:
        """Drop steps from before the time `oldest`; those after a state in `held` only when there are too many."""
        keep = 0
        while keep < len(self.steps) and self.steps[keep].time < oldest and self.steps[keep].before not in held:
            keep += 1
        keep = max(keep, len(self.steps) - STEPS)
        if not keep:
            return
        for step in self.steps[:keep]:
            assert step.after.owners is not None
            step.after.step = None
            step.override = None
        del self.steps[:keep]
