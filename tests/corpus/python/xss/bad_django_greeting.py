from django.http import HttpResponse
from django.utils.html import strip_tags


def greet(request):
    name = request.GET.get("name", "guest")
    visits = int(request.COOKIES.get("visits", "0")) + 1
    title = strip_tags("Welcome")
    response = HttpResponse("<h1>%s</h1><p>Hello %s, visit %d</p>" % (title, name, visits))  # expect: CWE-79
    response.set_cookie("visits", str(visits), secure=True, httponly=True)
    return response
