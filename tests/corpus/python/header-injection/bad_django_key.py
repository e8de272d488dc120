from django.http import HttpResponse


def export(request):
    answer = HttpResponse("a;b", content_type="text/csv")
    answer["Content-Disposition"] = f"attachment; filename={request.GET['name']}"  # expect: CWE-113
    return answer
