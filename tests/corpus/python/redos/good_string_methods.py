def is_identifier(text: str) -> bool:
    return text.isidentifier()


def tokens(line: str):
    """Not a pattern: (a+)+ stands in a comment only, and in this text: '(a+)+$'."""
    hint = "(a+)+$ would be slow"
    return line.split() if hint else []
