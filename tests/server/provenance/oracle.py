"""The tracker's rules on plain lists with one owner a character: slow, simple, and written from the rules alone.

A hint is known to the oracle when its edit comes; the tracker learns of it before or after and must agree all the same.
"""

from __future__ import annotations

import re

NOBODY, TYPED = "", "typed"
TOKENS = re.compile(r"\w+|[^\w\s]")


def trimmed(text, start, end, new):
    """(start, end, new, head, tail) without the common ends, or None."""
    old = text[start:end]
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head + tail == len(old) == len(new):
        return None
    return start + head, end - tail, new[head : len(new) - tail], new[:head], new[len(new) - tail :]


def at_line_start(text, offset):
    if offset == 0:
        return True
    return text[offset - 1] == "\n" or (text[offset - 1] == "\r" and text[offset : offset + 1] != "\n")


def aligned(text, start, end, new):
    """Whole lines rather than the end of one and the start of the next, when the result is the same."""
    moving = new or text[start:end]
    if (new and start != end) or not moving.strip() or at_line_start(text, start):
        return start, end, new
    breaks = [index for index, char in enumerate(moving) if char in "\r\n"]
    if not breaks:
        return start, end, new
    left = len(moving) - breaks[-1] - 1
    tail = moving[len(moving) - left :]
    if left <= start and text[start - left : start] == tail and at_line_start(text, start - left):
        turned = tail + moving[: len(moving) - left]
        return (start - left, start - left, turned) if new else (start - left, end - left, "")
    right = breaks[0] + (2 if moving[breaks[0] : breaks[0] + 2] == "\r\n" else 1)
    if text[end : end + right] == moving[:right]:
        turned = moving[right:] + moving[:right]
        return (start + right, start + right, turned) if new else (start + right, end + right, "")
    return start, end, new


def is_keystroke(text):
    if 1 <= len(text) <= 3:
        return True
    rest = text[2:] if text.startswith("\r\n") else text[1:] if text[:1] in ("\r", "\n") else None
    return rest is not None and all(char in " \t" for char in rest)


def is_unexplained(text, threshold):
    if is_keystroke(text):
        return False
    lines = re.split("\r\n|\r|\n", text)
    return sum(not char.isspace() for char in text) >= threshold or sum(bool(line.strip()) for line in lines) >= 2


def has_break(text):
    return "\r" in text or "\n" in text


class Oracle:
    def __init__(self, threshold):
        self.threshold = threshold
        self.docs = {}  # uri -> list of owners; the least recently changed first
        self.texts = {}
        self.states = {}  # uri -> list of (text, owners), the latest last
        self.long, self.short = [], []
        self.blocks = 0
        self.time = 0.0

    def new_block(self):
        self.blocks += 1
        return ("block", self.blocks)

    def open(self, uri, text, owners):
        self.docs[uri] = list(owners)
        self.texts[uri] = text
        self.states[uri] = [(text, list(owners))]

    def close(self, uri):
        del self.states[uri]
        return self.texts.pop(uri), self.docs.pop(uri)

    def remember(self, uri, text, owners):
        known = [state for state in self.states[uri] if state[0] != text]
        self.states[uri] = [*known, (text, list(owners))][-200:]

    def earlier(self, uri, text):
        return next((owners for content, owners in reversed(self.states[uri]) if content == text), None)

    def remove(self, text, owners):
        entry = (text, list(owners), self.time)
        if len(text) >= 4:
            self.long = [*self.long, entry][-100:]
        else:
            self.short = [*self.short, entry][-16:]

    def removed(self, text):
        for content, owners, time in reversed(self.long if len(text) >= 4 else self.short):
            if self.time - time > 600:
                return None
            if content == text:
                return owners
        return None

    def copied(self, uri, text, here, owners):
        """The owners of `text` where it stands: in this document before the edit, then in the others."""
        if sum(not char.isspace() for char in text) < 10:
            return None
        places = [(here, owners)]
        places += [(self.texts[other], self.docs[other]) for other in reversed(self.docs) if other != uri]
        for content, whose in places:
            found = [at for at in range(len(content)) if content.startswith(text, at)][:64]
            if found:
                for at in found:
                    if any(isinstance(owner, tuple) for owner in whose[at : at + len(text)]):
                        return whose[at : at + len(text)]
                return whose[found[0] : found[0] + len(text)]
        return None

    def touch(self, uri):
        self.docs[uri] = self.docs.pop(uri)

    def cut(self, text, edits):
        """(text before, start, end, new, new as sent, how much of it was trimmed in front) of each edit."""
        steps = []
        for sent in edits:
            found = trimmed(text, *sent)
            if found is None:
                continue
            start, end, new, head, tail = found
            if not head and not tail:
                start, end, new = aligned(text, start, end, new)
            steps.append((text, start, end, new, head + new + tail, len(head)))
            text = text[:start] + new + text[end:]
        return steps, text

    def change(self, uri, edits):
        """Unhinted sequential edits."""
        self.touch(uri)
        steps, text = self.cut(self.texts[uri], edits)
        if not steps:
            return
        owners = list(self.docs[uri])
        whole = self.earlier(uri, text)
        candidate = whole is None and self.more_than_a_keystroke(steps)
        blank = candidate and not any((new + content[start:end]).strip() for content, start, end, new, _, _ in steps)
        if candidate and not blank:
            assert len(steps) == 1 or TOKENS.findall(steps[0][0]) != TOKENS.findall(text)
            whole = self.formatted(steps[0], owners) if len(steps) == 1 else None
        for index, (content, start, end, new, _, _) in enumerate(steps):
            after = content[:start] + new + content[end:]
            last = index + 1 == len(steps)
            middle = None if last or whole is not None or blank else self.earlier(uri, after)
            if blank:
                mine = self.blank(content, owners, start, end, new)
            elif whole is not None or middle is not None:
                mine = [TYPED] * len(new)
            else:
                mine = self.unhinted(uri, steps[index], owners, steps[index + 1 :])
            if start < end:
                self.remove(content[start:end], owners[start:end])
            owners = list(middle) if middle is not None else owners[:start] + mine + owners[end:]
            if not last:
                self.remember(uri, after, owners)
        self.texts[uri], self.docs[uri] = text, list(owners if whole is None else whole)
        self.remember(uri, text, self.docs[uri])

    def more_than_a_keystroke(self, steps):
        inserting = [new for _, _, _, new, _, _ in steps if new]
        if not inserting:
            return False
        only = inserting[0]
        return len(steps) > 1 or not (is_keystroke(only) or (not only.strip() and not has_break(only)))

    def unhinted(self, uri, step, owners, later):
        content, start, end, new, whole, skip = step
        if not new or is_keystroke(new) or (not new.strip() and not has_break(new)):
            return [TYPED] * len(new)
        ways = [lambda text: self.removed(text) if len(text) >= 4 else None]
        if is_unexplained(new, self.threshold):
            ways.append(lambda text: self.copied(uri, text, content, owners))
        for number, way in enumerate(ways):
            for text, at in ((whole, skip), (new, 0)):
                carried = way(text)
                if carried is not None:
                    return list(carried[at : at + len(new)])
            moved = self.moved_later(step, owners, later) if number == 0 else None
            if moved is not None:
                return moved
        assert not (has_break(new) and has_break(content[start:end])), "the generator avoids comparisons"
        owner = self.new_block() if len(ways) == 2 else TYPED
        return [owner] * len(new)

    @staticmethod
    def moved_later(step, owners, later):
        """The owners of the text that the next edit takes away, when it is the one inserted."""
        _, start, end, new, _, _ = step
        for content, next_start, next_end, _, _, _ in later:
            if len(new) >= 4 and content[next_start:next_end] == new:
                shift = len(new) - (end - start)
                if next_end <= start:
                    return owners[next_start:next_end]
                if next_start >= start + len(new):
                    return owners[next_start - shift : next_end - shift]
        return None

    def blank(self, content, owners, start, end, new):
        """White space goes with what stands before it, what follows its last line ending with what comes next."""
        if end - start == len(content):
            return [TYPED] * len(new)
        before = owners[start - 1] if start else owners[min(end, len(content) - 1)]
        after = owners[end] if end < len(content) else before
        breaks = [index for index, char in enumerate(new) if char in "\r\n"]
        if not breaks:
            return [after if start == 0 or content[start - 1] in "\r\n" else before] * len(new)
        return [before if index <= breaks[-1] else after for index in range(len(new))]

    def formatted(self, step, owners):
        """Owners when an edit leaves the tokens as they were, else None."""
        content, start, end, new, _, _ = step
        text = content[:start] + new + content[end:]
        first = start
        while not at_line_start(content, first):
            first -= 1
        last = self.line_end(content, self.line_end(content, end))
        old, now = content[first:last], text[first : last + len(text) - len(content)]
        a, b = list(TOKENS.finditer(old)), list(TOKENS.finditer(now))
        if not old or [one.group() for one in a] != [one.group() for one in b]:
            return None
        whose = owners[first:last]
        result = []
        old_at = new_at = 0
        for one, other in [*zip(a, b, strict=True), (None, None)]:
            old_end, new_end = (len(old), len(now)) if one is None else (one.start(), other.start())
            result += self.gap(old, now, whose, old_at, old_end, new_at, new_end)
            if one is not None:
                result += whose[one.start() : one.end()]
                old_at, new_at = one.end(), other.end()
        return owners[:first] + result + owners[last:]

    @staticmethod
    def line_end(content, offset):
        """After the line that holds `offset`, its ending included."""
        if 0 < offset < len(content) and content[offset - 1 : offset + 1] == "\r\n":
            return offset + 1
        while offset < len(content):
            offset += 1
            if content[offset - 1] == "\n" or (content[offset - 1] == "\r" and content[offset : offset + 1] != "\n"):
                break
        return offset

    @staticmethod
    def gap(old, now, whose, old_start, old_end, new_start, new_end):
        g, h = old[old_start:old_end], now[new_start:new_end]
        if g == h:
            return whose[old_start:old_end]
        head = 0
        while head < min(len(g), len(h)) and g[head] == h[head]:
            head += 1
        tail = 0
        while tail < min(len(g), len(h)) - head and g[-1 - tail] == h[-1 - tail]:
            tail += 1
        left, right = old_start + head, old_end - tail
        after = whose[right] if right < len(old) else whose[left - 1] if left else whose[-1]
        before = whose[left - 1] if left else after
        middle = h[head : len(h) - tail]
        breaks = [index for index, char in enumerate(middle) if char in "\r\n"]
        if breaks:
            owners = [before if index <= breaks[-1] else after for index in range(len(middle))]
        else:
            fresh = left == 0 or (head > 0 and g[head - 1] in "\r\n")
            owners = [after if fresh else before] * len(middle)
        return whose[old_start:left] + owners + whose[right:old_end]

    def hinted(self, uri, start, end, new, kind):
        """A hinted insertion, true to where it happened; replaces within a line only."""
        self.touch(uri)
        content, owners = self.texts[uri], list(self.docs[uri])
        carried = None
        if kind == "paste":
            carried = self.removed(new)
            if carried is None:
                carried = self.copied(uri, new, content, owners)
        mine = list(carried) if carried is not None else None
        if mine is None and start < end:
            mine = self.reformatted(content[start:end], new, owners[start:end])
        if mine is None:
            mine = [self.new_block()] * len(new)
        cut = trimmed(content, start, end, new)
        if cut[0] < cut[1]:
            self.remove(content[cut[0] : cut[1]], owners[cut[0] : cut[1]])
        self.docs[uri] = owners[:start] + mine + owners[end:]
        self.texts[uri] = content[:start] + new + content[end:]
        self.remember(uri, self.texts[uri], self.docs[uri])

    def reformatted(self, old, new, whose):
        a, b = list(TOKENS.finditer(old)), list(TOKENS.finditer(new))
        if [one.group() for one in a] != [one.group() for one in b]:
            return None
        result = []
        old_at = new_at = 0
        for one, other in [*zip(a, b, strict=True), (None, None)]:
            old_end, new_end = (len(old), len(new)) if one is None else (one.start(), other.start())
            result += self.gap(old, new, whose, old_at, old_end, new_at, new_end)
            if one is not None:
                result += whose[one.start() : one.end()]
                old_at, new_at = one.end(), other.end()
        return result
