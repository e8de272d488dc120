"""`leery scan` on names of packages, in files of every kind and in what the workspace knows."""

import json

from tests.server.cli.test_scan import found, home, leery, tree

__all__ = ["home", "tree"]  # fixtures

RULES = ("unknown-package", "package-name-one-edit-away")
FILES = {
    "src/main.py": "import reqeusts\nimport flask_secure_uploads_validator\nimport zz_own\nimport zzdeclared\n",
    "src/zz_own.py": "x = 1\n",
    "web/index.ts": "import a from 'express-mongoose-request-guardian';\nimport b from 'zzAlias/b';\n",
    "web/tsconfig.json": '{"compilerOptions": {"paths": {"zzAlias/*": ["./*"]}}}',
    "requirements.txt": "flask\nzzdeclared\ndjango-login-rate-shield\n",
    "Dockerfile": "FROM python:3.13\nRUN pip install flask-login-rate-shield\n",
    "README.md": "# größe\n\n```sh\nnpm install react-safe-markdown-shield\n```\n",
    "package.json": '{"name": "x", "dependencies": {"react": "^19", "lodahs": "^4"}}\n',
}
EXPECTED = [
    ("Dockerfile", 2, "unknown-package"),
    ("README.md", 4, "unknown-package"),
    ("package.json", 1, "package-name-one-edit-away"),
    ("requirements.txt", 2, "unknown-package"),
    ("requirements.txt", 3, "unknown-package"),
    ("src/main.py", 1, "package-name-one-edit-away"),
    ("src/main.py", 2, "unknown-package"),
    ("web/index.ts", 1, "unknown-package"),
]


def plant(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_every_kind_of_file(tree, home):
    plant(tree, FILES)
    done = leery("scan", ".", "--format", "json", "--without", "semgrep", "--without", "bandit", cwd=tree, env=home)
    assert sorted(one for one in found(done) if one[2] in RULES) == EXPECTED
    slip = next(
        item
        for item in json.loads(done.stdout)["findings"]
        if item["file"] == "src/main.py" and item["rule"] == RULES[1]
    )
    assert slip["cwe"] == ["CWE-1357", "CWE-829"]
    assert slip["confidence"] == "medium"
    assert "November 2026" in slip["message"]


def test_a_file_alone_has_what_lies_beside_it(tmp_path, home):
    plant(tmp_path, {"zz/a.py": "import zz_beside\nimport zz_nowhere\n", "zz/zz_beside.py": ""})
    done = leery("scan", "a.py", "--format", "json", "--without", "semgrep", cwd=tmp_path / "zz", env=home)
    assert [one for one in found(done) if one[2] in RULES] == [("a.py", 2, "unknown-package")]
