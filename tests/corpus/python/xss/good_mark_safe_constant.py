from django import template
from django.utils.safestring import mark_safe

register = template.Library()
ICONS = {"ok": "&#10003;", "fail": "&#10007;"}


@register.simple_tag
def icon(kind):
    symbol = ICONS.get(kind, "?")
    return mark_safe("<i class='icon'>" + symbol + "</i>")
