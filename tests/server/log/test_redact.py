"""What is taken out of private texts, and what is left alone."""

import pytest

from leery.log.redact import redact

BEGIN, END = "-----BEGIN RSA PRIVATE " + "KEY-----", "-----END RSA PRIVATE " + "KEY-----"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("k = AKIA" + "ABCDEFGHIJKLMNOP", "k = [redacted:aws-key]"),
        ("ghp_" + "a" * 36 + " x", "[redacted:github-token] x"),
        ("github_pat_" + "a" * 30, "[redacted:github-token]"),
        ("glpat-" + "a1" * 10, "[redacted:gitlab-token]"),
        ("xoxb-" + "1234567890-abc", "[redacted:slack-token]"),
        ("AIza" + "b" * 35, "[redacted:google-key]"),
        ("sk-" + "proj-" + "c" * 30, "[redacted:api-key]"),
        ("sk_live_" + "d" * 24, "[redacted:stripe-key]"),
        ("eyJ" + "a" * 20 + ".eyJ" + "b" * 20 + "." + "c" * 20, "[redacted:jwt]"),
        ("postgres://me:s3cr3t@host/db", "postgres://me:[redacted:password]@host/db"),
        ('API_KEY: str = "0123456789abcdef"', 'API_KEY: str = "[redacted:literal]"'),
        ('api_key="0123456789abcdef"', 'api_key="[redacted:literal]"'),
        ("PASSWORD = '''correct-horse'''", "PASSWORD = '''[redacted:literal]'''"),
        ('TOKEN = r"""correct-horse"""', 'TOKEN = r"""[redacted:literal]"""'),
        ("{'password': 'correct-horse'}", "{'password': '[redacted:literal]'}"),
        ("DB_PASSWORD := `correct-horse`", "DB_PASSWORD := `[redacted:literal]`"),
        (f"a\n{BEGIN}\nMIIB\nAAAA\n{END}\nb", f"a\n{BEGIN}[redacted:private-key]{END}\nb"),
        (f"{BEGIN}\nMIIB", f"{BEGIN}[redacted:private-key]"),
    ],
)
def test_secrets(text, clean):
    assert redact(text) == (clean, clean.count("[redacted:"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "password = input()",
        'password = "{}"',
        'password = f"{user_secret_value}"',
        'token_url = "https://example.org/token"',
        "# the private key must not be logged",
        "https://example.org:8080/a@b",
        "sk-1",
    ],
)
def test_what_is_no_secret_stays(text):
    assert redact(text) == (text, 0)


def test_a_token_assigned_to_a_name_counts_once():
    assert redact('token = "ghp_' + "a" * 36 + '"') == ('token = "[redacted:github-token]"', 1)


def test_long_texts_are_searched_to_the_end():
    line = "x = 1  # token\n"
    text = line * 5_000 + 'secret = "correct-horse"\n' + line
    clean, count = redact(text)
    assert count == 1
    assert clean == text.replace("correct-horse", "[redacted:literal]")
