from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest

from leery.git import executable
from leery.provenance.watch import FileEvent, GitEvent, watch


@asynccontextmanager
async def watching(*roots):
    """A function that waits until an event has come."""
    stop = asyncio.Event()
    seen = []
    news = asyncio.Event()

    async def collect():
        async for events in watch(roots, stop):
            seen.extend(events)
            news.set()

    task = asyncio.create_task(collect())

    async def wait_for(*wanted):
        async def until():
            while not set(wanted) <= set(seen):
                news.clear()
                await news.wait()

        await asyncio.wait_for(until(), 60)

    await asyncio.sleep(0.5)
    try:
        yield wait_for, seen
    finally:
        stop.set()
        await asyncio.wait_for(task, 60)


async def test_a_file_comes_changes_and_goes(tmp_path):
    (tmp_path / "sub").mkdir()
    async with watching(tmp_path) as (wait_for, _):
        file = tmp_path / "sub" / "a.py"
        file.write_text("x")
        await wait_for(FileEvent("added", file))
        file.write_text("y")
        await wait_for(FileEvent("modified", file))
        file.unlink()
        await wait_for(FileEvent("deleted", file))


async def test_an_atomic_replacement(tmp_path):
    file = tmp_path / "a.py"
    file.write_text("x")
    async with watching(tmp_path) as (wait_for, _):
        (tmp_path / "a.tmp").write_text("y")
        (tmp_path / "a.tmp").replace(file)
        await wait_for(FileEvent("added", file))


async def test_a_new_folder_with_files(tmp_path):
    async with watching(tmp_path) as (wait_for, _):
        folder = tmp_path / "new" / "deep"
        folder.mkdir(parents=True)
        (folder / "a.py").write_text("x")
        await wait_for(FileEvent("added", folder / "a.py"))
        await asyncio.sleep(1.0)
        (folder / "b.py").write_text("x")
        await wait_for(FileEvent("added", folder / "b.py"))


async def test_ignored_folders_and_git_internals_are_silent(tmp_path):
    for name in ("node_modules", ".venv", "src/__pycache__", ".git/objects"):
        (tmp_path / name).mkdir(parents=True)
    async with watching(tmp_path) as (wait_for, seen):
        for name in ("node_modules/a.js", ".venv/b.py", "src/__pycache__/c.pyc", ".git/config", ".git/objects/d"):
            (tmp_path / name).write_text("x")
        (tmp_path / "last.py").write_text("x")
        await wait_for(FileEvent("added", tmp_path / "last.py"))
        assert {event.path for event in seen} == {tmp_path / "last.py"}


@pytest.mark.skipif(executable() is None, reason="no git")
async def test_a_commit_and_a_checkout(tmp_path):
    def git(*arguments):
        subprocess.run([executable(), "-C", str(tmp_path), *arguments], check=True, capture_output=True)

    git("init", "-b", "main")
    git("config", "user.name", "Someone")
    git("config", "user.email", "someone@example.com")
    async with watching(tmp_path) as (wait_for, seen):
        (tmp_path / "a.py").write_text("x\n")
        git("add", "a.py")
        await wait_for(GitEvent(tmp_path))
        git("commit", "-m", "one")
        seen.clear()
        git("checkout", "-b", "other")
        await wait_for(GitEvent(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
async def test_links_out_of_the_tree_are_not_followed(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (inside / "link").symlink_to(outside)
    async with watching(inside) as (wait_for, seen):
        (outside / "secret.py").write_text("x")
        (inside / "later").symlink_to(outside)
        (inside / "a.py").write_text("x")
        await wait_for(FileEvent("added", inside / "a.py"))
        (outside / "more.py").write_text("x")
        (inside / "b.py").write_text("x")
        await wait_for(FileEvent("added", inside / "b.py"))
        assert {event.path.name for event in seen if isinstance(event, FileEvent)} == {"a.py", "b.py"}


async def test_a_folder_that_vanishes_and_comes_again(tmp_path):
    gone, stays = tmp_path / "gone", tmp_path / "stays"
    gone.mkdir()
    stays.mkdir()
    async with watching(gone, stays) as (wait_for, _):
        shutil.rmtree(gone)
        await asyncio.sleep(1.2)
        (stays / "a.py").write_text("x")
        await wait_for(FileEvent("added", stays / "a.py"))
        gone.mkdir()
        await asyncio.sleep(1.5)
        (gone / "b.py").write_text("x")
        await wait_for(FileEvent("added", gone / "b.py"))


async def test_a_folder_that_never_was(tmp_path):
    async with watching(tmp_path / "nowhere"):
        await asyncio.sleep(0.7)
