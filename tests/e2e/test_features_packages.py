"""Names of packages in the editor: what the workspace has is no reason to ask, and that is noticed when it changes."""

from __future__ import annotations

import pytest
from tests.e2e.lsp import FAST, session

pytestmark = pytest.mark.asyncio

ALL = {**FAST, "scope": "all"}
CODE = "import reqeusts\nimport zz_own_zz\n"


def marked(page, found):
    return [
        (page.excerpt(item["range"]), item["code"])
        for item in found
        if item["code"] in {"unknown-package", "package-name-one-edit-away"}
    ]


async def test_imports_and_modules_that_come_and_go(tmp_path):
    async with session(tmp_path, options=ALL) as editor:
        page = editor.page(CODE)
        both = [("reqeusts", "package-name-one-edit-away"), ("zz_own_zz", "unknown-package")]
        assert marked(page, await page.diagnostics()) == both
        own = editor.folder / "zz_own_zz.py"
        own.write_text("x = 1\n", "utf-8")
        await editor.until(lambda: marked(page, page.pushed()) == both[:1], "the finding to go")
        own.unlink()
        await editor.until(lambda: marked(page, page.pushed()) == both, "the finding to come back")


async def test_a_requirements_file_by_its_name(tmp_path):
    async with session(tmp_path, options=ALL) as editor:
        (editor.folder / "zz_vendored_zz.py").write_text("", "utf-8")
        uri = (editor.folder / "requirements.txt").as_uri()
        page = editor.page("flask\ndjango-login-rate-shield\nzz-vendored-zz\n", uri, language="plaintext")
        assert marked(page, await page.diagnostics()) == [("django-login-rate-shield", "unknown-package")]
