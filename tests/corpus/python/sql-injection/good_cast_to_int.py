from django.db import connection
from django.http import HttpResponseBadRequest, JsonResponse


def invoice(request):
    try:
        number = int(request.GET["number"])
    except (KeyError, ValueError):
        return HttpResponseBadRequest("number is missing")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, total FROM invoices WHERE number = %d" % number)
        row = cursor.fetchone()
    return JsonResponse({"id": row[0], "total": row[1]})
