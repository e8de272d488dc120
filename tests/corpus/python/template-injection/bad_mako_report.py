from mako.template import Template


def render_report(title, rows, layout):
    """Render a report with the layout that the customer saved."""
    header = "<h1>" + title + "</h1>"
    source = header + layout
    return Template(source).render(rows=rows)  # expect: CWE-94
