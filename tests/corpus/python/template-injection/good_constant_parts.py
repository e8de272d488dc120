from jinja2 import Environment

env = Environment(autoescape=True)
HEADER = "<header>{{ title }}</header>"
BODIES = {"list": "<ul>{% for i in items %}<li>{{ i }}</li>{% endfor %}</ul>", "text": "<p>{{ items[0] }}</p>"}


def render(kind, title, items):
    """Render the items in one of the known layouts."""
    body = BODIES["list" if kind == "list" else "text"]
    return env.from_string(HEADER + body).render(title=title, items=items)
