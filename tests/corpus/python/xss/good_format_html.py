from django.http import HttpResponse
from django.utils.html import format_html


def greet(request):
    name = request.GET.get("name", "guest")
    body = format_html("<h1>Hello {}</h1>", name)
    return HttpResponse(body)
