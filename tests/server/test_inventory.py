"""What a workspace says of the packages that its code names."""

import pytest

from leery.inventory import take_inventory
from leery_analyzers.model import Finding
from leery_analyzers.text import Text, TextRange

UV_LOCK = 'version = 1\n[[package]]\nname = "locked-zz"\nversion = "1"\n'
PACKAGE_LOCK = (
    '{"lockfileVersion": 3, "packages": {"": {}, "node_modules/a/node_modules/@s/locked-zz": {"version": "1"}}}'
)
PNPM_LOCK = "packages:\n\n  '@s/pnpm-zz@1.0.0':\n    resolution: {}\n  plain-zz@2.0.0(react@18):\n    resolution: {}\n"


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "acme"
    folder.mkdir()
    return folder


def put(root, name, text=""):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def asked(root, name, *, imported=True, near=False):
    return not take_inventory(root).knows(name, imported=imported, near=near)


def test_own_modules_and_folders_wherever_they_lie(root):
    put(root, "src/zz_pkg/__init__.py")
    put(root, "tools/zz_tool.py")
    put(root, "web/components/zzButton.tsx")
    for name in ("zz_pkg", "zz-pkg", "zz_tool", "zzButton", "acme"):
        assert not asked(root, name)
        assert not asked(root, name, near=True)
    assert asked(root, "zz_other")


def test_declared_packages_vouch_for_imports_but_not_for_themselves(root):
    put(root, "requirements-dev.txt", "zz-secret-lib>=1\n")
    put(root, "pyproject.toml", '[project]\nname = "zzcorp-core"\ndependencies = ["zz-toml-lib"]\n')
    put(root, "package.json", '{"name": "@zz/app", "devDependencies": {"zz-js-lib": "^1"}}')
    for name in ("zz_secret_lib", "zz-toml-lib", "zz-js-lib"):
        assert not asked(root, name)
        assert asked(root, name, near=True)
    assert asked(root, "zzz-js-lib", imported=False)


def test_a_name_of_a_companys_own_covers_its_other_packages(root):
    put(root, "pyproject.toml", '[project]\nname = "zzcorp-core"\ndependencies = ["flask-zz-unheard-of"]\n')
    assert not asked(root, "zzcorp_billing")
    assert not asked(root, "zzcorp-billing", imported=False)
    assert asked(root, "flask_zz_other")  # the first word is everybody's


def test_a_declared_package_that_is_called_almost_like_the_import(root):
    put(root, "requirements.txt", "python-zzthing\nzzother-client\n")
    assert not asked(root, "zzthing")
    assert not asked(root, "zzother")
    assert asked(root, "zzthird")


def test_packages_from_elsewhere_are_declared_too(root):
    put(root, "requirements.txt", "--index-url https://pypi.example.org/simple\nzzprivate-lib\n")
    put(root, "pyproject.toml", '[tool.poetry.dependencies]\nzzlocal = { path = "../zzlocal" }\n')
    assert not asked(root, "zzprivate_lib")
    assert not asked(root, "zzlocal")


_HOST = "registry.{}.org"
PUBLIC = _HOST.format("npmjs")


@pytest.mark.parametrize(
    ("name", "text", "private"),
    [
        (".npmrc", "registry=https://npm.example.org/\n", True),
        (".npmrc", f"@acme:registry=https://npm.example.org/\nregistry=https://{PUBLIC}/\n", False),
        (".yarnrc.yml", 'npmRegistryServer: "https://npm.example.org"\n', True),
        ("pip.conf", "[global]\nindex-url = https://pypi.example.org/simple\n", True),
        ("pip.conf", "[global]\ntimeout = 60\n", False),
    ],
)
def test_a_registry_of_ones_own_has_packages_that_no_list_knows(root, name, text, private):
    put(root, name, text)
    assert asked(root, "zz-anything", imported=False) is not private
    assert asked(root, "zz-anything", imported=False, near=True)


def test_lock_files(root):
    put(root, "uv.lock", UV_LOCK)
    put(root, "package-lock.json", PACKAGE_LOCK)
    put(root, "pnpm-lock.yaml", PNPM_LOCK)
    put(
        root,
        "yarn.lock",
        '# yarn lockfile v1\n\n"@s/yarn-zz@^1.0.0":\n  version "1.0.0"\n\nother-zz@~2:\n  version "2"\n',
    )
    for name in ("locked-zz", "@s/locked-zz", "@s/pnpm-zz", "plain-zz", "@s/yarn-zz", "other-zz"):
        assert not asked(root, name, imported=False, near=True)
    assert asked(root, "never-zz", imported=False)


def test_environments_are_read_without_running_them(root):
    put(root, ".venv/pyvenv.cfg")
    put(root, ".venv/lib/python3.12/site-packages/zz_dist-1.0.dist-info/METADATA")
    put(root, ".venv/lib/python3.12/site-packages/zz_import/__init__.py")
    put(root, ".venv/lib/python3.12/site-packages/zz_native.cpython-312-x86_64-linux-gnu.so")
    put(root, "web/node_modules/@s/zz-scoped/package.json")
    put(root, "web/node_modules/zz-plain/package.json")
    put(root, "web/node_modules/zz-plain/node_modules/zz-inner/package.json")
    for name in ("zz-dist", "zz_import", "zz_native", "@s/zz-scoped", "zz-plain"):
        assert not asked(root, name, near=True)
    assert asked(root, "zz-inner")


def test_aliases_of_typescript(root):
    put(
        root,
        "tsconfig.json",
        '{"compilerOptions": {"paths": {"zzAlias/*": ["./src/*"], /* x */ "@zz/lib": ["./lib"]}}}',
    )
    assert not asked(root, "zzAlias")
    assert not asked(root, "@zz/lib")


def test_links_are_not_followed_and_broken_files_say_nothing(root, tmp_path):
    put(tmp_path, "outside/zz_outside.py")
    put(root, "package.json", '{"name": ["zz"')
    (root / "requirements.txt").write_bytes(b"\xff\xfe\x00zz\n")
    try:
        (root / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert asked(root, "zz_outside")


def test_it_knows_what_makes_it_untrue(root):
    there = put(root, "zz_there.py")
    put(root, "pkg/__init__.py")
    modules = put(root, "node_modules/zz/package.json").parent.parent
    inventory = take_inventory(root)
    assert not inventory.is_outdated_by([there, root / "notes.txt", root / "pkg" / "__init__.py"])
    assert inventory.is_outdated_by([root / "requirements.txt"])
    new = put(root, "zz_new/__init__.py")
    assert inventory.is_outdated_by([new])
    there.unlink()
    assert inventory.is_outdated_by([there])
    assert not inventory.is_outdated_by([put(root, ".git/zz_hidden.py"), put(root, "node_modules/zz/zz_more.js")])
    assert inventory.is_current()
    put(modules, "zz-new/package.json")
    assert not inventory.is_current()


def test_findings_are_asked_by_the_name_they_mark(root):
    put(root, "zz_own.py")
    text = Text("import größe, zz_own\n")
    start = str(text).index("zz_own")
    inventory = take_inventory(root)
    for rule, expected in (("unknown-package", True), ("package-name-one-edit-away", True), ("code-eval", False)):
        finding = Finding(rule, TextRange(start, start + 6), "", "low", "low", ("CWE-1357",), ("checks",))
        assert inventory.leaves_out(finding, "python", text) is expected
