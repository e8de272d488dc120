def shown(host: str, port: int) -> str:
    """The address for a person to open."""
    if host in ("0.0.0.0", "::"):
        host = "localhost"
    return f"http://{host}:{port}/"
