from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def badge(label, color="blue"):
    """A coloured badge around a label."""
    html = '<span class="badge" style="color:' + color + '">' + label + "</span>"
    return mark_safe(html)  # expect: CWE-79 @ html
