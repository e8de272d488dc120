LIMIT = 0o777


def chmod(text: str) -> int:
    """The bits that a mode such as '755' stands for."""
    value = int(text, 8)
    if value > LIMIT:
        raise ValueError(text)
    return value


assert chmod("777") == 0o777
