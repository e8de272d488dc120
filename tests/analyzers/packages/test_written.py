"""Where texts name packages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leery_analyzers.packages.written import INSTALL_LANGUAGES, in_code, named

REQUIREMENTS = """\
# a comment
flask==1.0
 requests[security]>=2 ; python_version<'3'  # größer
-r other.txt
-e .
git+https://example.org/x
foo @ https://example.org/foo.whl
./local
numpy \\
  --hash=sha256:aa
"""
PYPROJECT = """\
[project]
name = "x"
dependencies = ["flask>=1", "requests[a]"]
[project.optional-dependencies]
t = [
  "pytest", # "no"
  "ab @ git+https://example.org/x",
]
[dependency-groups]
g = [{include-group = "t"}, "mypy"]
[tool.poetry.dependencies]
python = "^3"
django = "^4"
local = {path = "../x"}
[tool.uv.sources]
mypy = { workspace = true }
[tool.ruff.lint]
select = ["ALL"]
[build-system]
requires = ["hatchling"]
"""
PACKAGE_JSON = """\
{"name": "x", "dependencies": {"react": "^18", "@a/b": "workspace:*", "z": "file:../z", "lodash": "~1.2.3"},
 "scripts": {"dependencies": "x"}, "overrides": {"dependencies": {"q": "1"}}, "devDependencies": {
"jest": "*", "gh": "user/repo", "@types/node": "latest"}}
"""
SCRIPT = """\
# pip install nothing
pip install -U flask 'requests>=2' \\
  numpy==1.2 -r req.txt && npm i -g typescript@5 @vue/cli
python -m pip install --index-url https://example.org/x secret-pkg
pip install --extra-index-url https://download.pytorch.org/whl/cu118 torch
uv add httpx; poetry add foo@^1
npx create-react-app my-app
yarn add left right # more
pip install -e . $X {y} <name>
npm install
npm ci
"""
DOCKERFILE = """\
FROM x
RUN pip install --no-cache-dir flask gunicorn \\
 && npm install -g pm2
RUN ["pip", "install", "uvicorn"]
"""
README = """\
# pip install nothing
Run `pip install leery` now, or ``pip install nothing``. pip install nothing
```bash
$ npm install --save-dev jest
```
```python
pip install nothing
```
~~~
pip3 install black
~~~
"""
CASES = [
    ("pip-requirements", REQUIREMENTS, "flask requests numpy"),
    ("toml", PYPROJECT, "flask requests pytest django hatchling"),
    ("json", PACKAGE_JSON, "react lodash jest @types/node"),
    ("shellscript", SCRIPT, "flask requests numpy typescript @vue/cli torch httpx foo create-react-app left right"),
    ("dockerfile", DOCKERFILE, "flask gunicorn pm2 uvicorn"),
    ("markdown", README, "leery jest black"),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_names_and_places(language, text, expected, ending):
    text = text.replace("\n", ending)
    found = named(language, text)
    assert [item.name for item in found] == expected.split()
    assert [text[item.start : item.end] for item in found] == expected.split()


def test_an_index_of_ones_own_says_nothing_about_public_names():
    assert named("pip-requirements", "--index-url https://pypi.example.org/simple\nsecret\n") == []
    assert named("toml", '[project]\ndependencies = ["a-b"]\n[[tool.uv.index]]\nurl = "https://example.org/x"\n') == []


def test_commands_in_code():
    code = (
        'raise ImportError("Please pip install foo-bar to use this")\n'
        'run([sys.executable, "-m", "pip", "install", "-U", "größe", "listed", *MORE])\n'
        "execSync('npm install in-a-string');\n"
        'f"pip install {name}"\n'
    )
    assert [item.name for item in in_code(code)] == ["foo-bar", "in-a-string", "listed"]


def test_what_a_setup_script_requires():
    code = 'setup(name="größe", install_requires=[\n    "one>=1",  # "no"\n    \'two[extra]\',\n], zip_safe=False)\n'
    found = list(in_code(code))
    assert [code[item.start : item.end] for item in found] == ["one", "two"] == [item.name for item in found]


@pytest.mark.parametrize("language", INSTALL_LANGUAGES)
@given(st.text("abc-\"'[]{}=:,.@\\/\n\r#`~<>|$ pip install npm dependencies", max_size=120))
def test_any_text_is_read_and_places_are_right(language, text):
    for item in named(language, text):
        assert text[item.start : item.end] == item.name


def test_an_array_without_an_end_is_given_up_at_once():
    assert list(in_code("install_requires=[" + "a'b\"#" * 5_000)) == []
