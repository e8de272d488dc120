import tempfile


def render(document):
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as handle:
        handle.write(document.render())
        return handle.name
