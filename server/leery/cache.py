"""Keeps what engines said about units: in memory, and behind it in diskcache as JSON text that is never unpickled.

A lost or damaged cache costs time and nothing else, so no error leaves this module; a person is told once. All disk
work happens in one thread of its own, for an event loop must not wait for it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import shutil
import sqlite3
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import diskcache

from leery.paths import private_folder
from leery_analyzers.model import report_from_json, report_to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from leery_analyzers.model import Report

_FOLDER = "results-1"  # the number changes with the form of the reports' JSON
_VALUE_CHARACTERS = 1_000_000
_BATCH = 100
_BUSY_SECONDS = 1.0
_MEGABYTE = 1_048_576
_MODE_RAW = 1  # diskcache's mark for a value that stands in its row as it is

_logger = logging.getLogger(__name__)


class RefusedRowError(Exception):
    """A row of the cache is in a form that Leery never writes, such as a pickle."""


class TextDisk(diskcache.Disk):  # type: ignore[misc]
    """A `diskcache.Disk` for text keys and text values inside the database, and for nothing else.

    diskcache's own classes, `JSONDisk` among them, unpickle a row that says it is a pickle, and open or delete the file
    that a row names. Whoever can write a row would so run code or remove files.
    """

    def put(self, key: Any) -> tuple[str, bool]:
        """The key as it stands in the database."""
        return _text(key), True

    def get(self, key: Any, raw: Any) -> str:
        """The key from the database."""
        if not raw:
            raise RefusedRowError("a key that is not text")
        return _text(key)

    def store(self, value: Any, read: Any, key: Any = None) -> tuple[int, int, None, str]:  # noqa: ARG002 - inherited
        """Size on disk outside the database, mode, file and value of a row."""
        if read:
            raise RefusedRowError("a value from a file")
        return 0, _MODE_RAW, None, _text(value)

    def fetch(self, mode: Any, filename: Any, value: Any, read: Any) -> str:
        """The value of a row."""
        if mode != _MODE_RAW or filename is not None or read:
            raise RefusedRowError(f"a value of mode {mode!r}")
        return _text(value)

    def remove(self, file_path: Any) -> None:
        """Nothing: no row has a file, and one that names a file was not written by this class."""


class _Cache(diskcache.Cache):  # type: ignore[misc]
    """A `diskcache.Cache` that does not leave its files open when a damaged one stops it from being made."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        try:
            super().__init__(*arguments, **settings)
        except BaseException:
            with suppress(AttributeError):
                self.close()
            raise


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise RefusedRowError(f"a {type(value).__name__} instead of text")
    return value


class ResultCache:
    """Reports by engine, engine version and unit key.

    Args:
        folder: where to keep them, usually `paths.cache_path`; None for memory only.
        megabytes: size limit on disk; 0 for memory only.
        weight: limit in memory; a report weighs one plus the number of its findings.
        report: told, from another thread, when the disk cannot be used; once for each kind of trouble.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        megabytes: int = 256,
        weight: int = 50_000,
        report: Callable[[str], None] | None = None,
    ) -> None:
        self._memory: OrderedDict[str, Report] = OrderedDict()
        self._weight_limit = weight
        self._weight = 0
        self._lock = threading.Lock()  # guards the memory, the waiting writes and whether the cache is closed
        self._waiting: dict[str, Report] = {}
        self._closed = False
        self._disk = _DiskStore(folder / _FOLDER, megabytes, report) if folder is not None and megabytes > 0 else None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="leery-cache")

    def peek(self, engine: str, version: str, key: str) -> Report | None:
        """What memory holds; never waits."""
        return self._recall(_name(engine, version, key))

    async def get(self, engine: str, version: str, key: str) -> Report | None:
        """What memory or the disk holds; only the disk is waited for."""
        return (await self.get_many(engine, version, (key,))).get(key)

    async def get_many(self, engine: str, version: str, keys: Iterable[str]) -> dict[str, Report]:
        """What memory and the disk hold of several units, by key, with one visit to the disk."""
        found, missing = self._look_up(engine, version, keys)
        if missing and (job := self._submit_load(missing)) is not None:
            loaded: dict[str, Report] = await asyncio.wrap_future(job)
            found.update(loaded)
        return found

    def get_many_now(self, engine: str, version: str, keys: Iterable[str]) -> dict[str, Report]:
        """Like `get_many` for programs without an event loop; waits for the disk."""
        found, missing = self._look_up(engine, version, keys)
        if missing and (job := self._submit_load(missing)) is not None:
            found.update(job.result())
        return found

    def put(self, engine: str, version: str, key: str, report: Report) -> None:
        """Keep a report; never waits, the disk follows."""
        name = _name(engine, version, key)
        self._remember(name, report)
        if self._disk is None:
            return
        with self._lock:
            if self._closed:
                return
            if not self._waiting:
                self._thread.submit(self._write_waiting)
            self._waiting[name] = report

    def close(self) -> None:
        """Write what waits and close the files; afterwards only memory answers."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            if self._disk is not None:
                self._thread.submit(self._finish, self._disk)
        self._thread.shutdown(wait=True)

    def _look_up(self, engine: str, version: str, keys: Iterable[str]) -> tuple[dict[str, Report], dict[str, str]]:
        """Reports from memory by key, and the names of the missing ones by key."""
        found: dict[str, Report] = {}
        missing: dict[str, str] = {}
        for key in keys:
            name = _name(engine, version, key)
            report = self._recall(name)
            if report is None:
                missing[key] = name
            else:
                found[key] = report
        return found, missing

    def _submit_load(self, missing: dict[str, str]) -> Future[dict[str, Report]] | None:
        with self._lock:
            if self._disk is None or self._closed:
                return None
            return self._thread.submit(self._load, self._disk, missing)

    def _load(self, disk: _DiskStore, missing: dict[str, str]) -> dict[str, Report]:
        found: dict[str, Report] = {}
        for key, name in missing.items():
            report = _parse(disk.get(name))
            if report is not None:
                self._remember(name, report)
                found[key] = report
        return found

    def _write_waiting(self) -> None:
        """Write one batch and queue for the next one, so that reads come in between."""
        assert self._disk is not None
        with self._lock:
            batch = dict(itertools.islice(self._waiting.items(), _BATCH))
        values = {name: json.dumps(report_to_json(report)) for name, report in batch.items()}
        self._disk.put({name: value for name, value in values.items() if len(value) <= _VALUE_CHARACTERS})
        with self._lock:
            for name, report in batch.items():
                if self._waiting.get(name) is report:
                    del self._waiting[name]
            if self._waiting and not self._closed:
                self._thread.submit(self._write_waiting)

    def _finish(self, disk: _DiskStore) -> None:
        while self._waiting:
            self._write_waiting()
        disk.close()

    def _recall(self, name: str) -> Report | None:
        with self._lock:
            report = self._memory.get(name)
            if report is not None:
                self._memory.move_to_end(name)
            return report

    def _remember(self, name: str, report: Report) -> None:
        with self._lock:
            old = self._memory.pop(name, None)
            self._weight += _weight(report) - (0 if old is None else _weight(old))
            self._memory[name] = report
            while self._weight > self._weight_limit and self._memory:
                _, oldest = self._memory.popitem(last=False)
                self._weight -= _weight(oldest)


def _name(engine: str, version: str, key: str) -> str:
    return json.dumps([engine, version, key])


def _weight(report: Report) -> int:
    return 1 + len(report.findings) + len(report.notices)


def _parse(text: str | None) -> Report | None:
    """The report in a JSON text; None for anything else, which then counts as not there."""
    if text is None:
        return None
    try:
        return report_from_json(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None


class _DiskStore:
    """Texts by name in diskcache, for one thread; whatever goes wrong is told once and looks like an empty cache."""

    def __init__(self, folder: Path, megabytes: int, report: Callable[[str], None] | None) -> None:
        self._folder = folder
        self._megabytes = megabytes
        self._report = report
        self._told: set[str] = set()
        self._cache: Any = None
        self._renewed = self._off = False

    def get(self, name: str) -> str | None:
        text: str | None = self._attempt(lambda cache: cache.get(name))
        return text

    def put(self, texts: dict[str, str]) -> None:
        self._attempt(lambda cache: _set_all(cache, texts))

    def close(self) -> None:
        self._off = True
        if self._cache is not None:
            self._cache.close()
            self._cache = None

    def _attempt(self, work: Callable[[Any], Any]) -> Any:
        """The work's result, or None when the disk cannot do it."""
        if self._off:
            return None
        try:
            return work(self._opened())
        except RefusedRowError as error:
            self._tell("refused", f"The result cache in {self._folder} holds {error}; it is ignored.")
        except (sqlite3.OperationalError, diskcache.Timeout, OSError) as error:
            self._tell("failed", f"The result cache in {self._folder} cannot be used now ({error}).")
        except Exception as error:  # noqa: BLE001 - diskcache runs into anything in a damaged file
            self._renew(error)
        return None

    def _opened(self) -> Any:
        if self._cache is None:
            private_folder(self._folder.parent)
            private_folder(self._folder)
            self._cache = _Cache(
                str(self._folder),
                timeout=_BUSY_SECONDS,
                disk=TextDisk,
                size_limit=self._megabytes * _MEGABYTE,
                eviction_policy="least-recently-stored",
                cull_limit=0,
                statistics=0,
            )
        return self._cache

    def _renew(self, error: Exception) -> None:
        """Move a damaged cache aside, in place of an earlier one, and begin again; the second time give up."""
        if self._cache is not None:
            self._cache.close()
            self._cache = None
        if self._renewed:
            self._off = True
            self._tell("off", f"The result cache in {self._folder} is damaged again ({error}); memory must do.")
            return
        self._renewed = True
        aside = self._folder.with_name(self._folder.name + ".damaged")
        try:
            shutil.rmtree(aside, ignore_errors=True)
            self._folder.replace(aside)
        except OSError as failure:
            self._off = True
            self._tell("off", f"The result cache in {self._folder} is damaged and cannot be moved ({failure}).")
        else:
            self._tell("renewed", f"The result cache in {self._folder} was damaged ({error}) and begun anew.")

    def _tell(self, kind: str, message: str) -> None:
        if kind in self._told:
            return
        self._told.add(kind)
        _logger.warning("%s", message)
        if self._report is not None:
            try:
                self._report(message)
            except Exception:
                _logger.exception("the cache's report could not be given")


def _set_all(cache: Any, texts: dict[str, str]) -> None:
    """Store all in one transaction and cull after it: the file shrinks only then, so that culling inside goes on."""
    with cache.transact():
        for name, text in texts.items():
            cache.set(name, text)
    cache.cull()
