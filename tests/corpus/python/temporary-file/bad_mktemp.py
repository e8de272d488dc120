import tempfile


def render(document):
    path = tempfile.mktemp(suffix=".pdf")  # expect: CWE-377
    with open(path, "wb") as handle:
        handle.write(document.render())
    return path
