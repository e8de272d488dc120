"""Which texts are secrets, which were chosen by a person, which stand in the place of one."""

import pytest

from leery_analyzers.checks.secrets_shape import is_placeholder, is_random, likely

RANDOM = ["8f42a73054b1749f8f58848be5e6502c", "q8Zr2Lw9XkT4vB7nM1cY5dHs", "wJalrXUtnF3MIK7MD5NGbPxRfiCYzK1"]
NAMES = [
    "token_sha256_to_refresh",
    "/oauth2/v2.0/token",
    "msal.cache.encryption2",
    "passwordTooShort",
    "größer als 16 Zeichen",
]
PLACEHOLDERS = [
    "",
    "your-api-key",
    "<password>",
    "changeme",
    "xxxxxxxx",
    "${SECRET}",
    "{{ token }}",
    "example-secret",
    "***",
]


@pytest.mark.parametrize("text", RANDOM)
def test_drawn_by_lot(text):
    assert is_random(text)
    assert likely(text, password=False) == "real"


@pytest.mark.parametrize("text", NAMES)
def test_names_are_no_secrets(text):
    assert not is_random(text)
    assert likely(text, password=True) is None


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_placeholders(text):
    assert is_placeholder(text)
    assert likely(text, password=True) == "placeholder"


def test_words_count_for_passwords_only():
    assert likely("letmein", password=True) == "weak"
    assert likely("letmein", password=False) is None
    assert likely("hunter2!", password=False) == "weak"
    assert likely("Enter 8 characters", password=True) is None
