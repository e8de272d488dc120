from django.db import connection
from django.http import JsonResponse
from django.views.decorators.http import require_GET


@require_GET
def sales_report(request):
    """Totals for each region, newest first."""
    region = request.GET.get("region", "EU")
    order = request.GET.get("order", "total")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT region, SUM(amount) AS total FROM sales WHERE region = %s GROUP BY region ORDER BY " + order,  # expect: CWE-89
            [region],
        )
        rows = cursor.fetchall()
    return JsonResponse({"rows": rows})
