BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\ufeff")


def clean(text):
    """The text without characters that cannot be seen."""
    for character in (*BIDI, *ZERO_WIDTH):
        text = text.replace(character, "")
    return text
