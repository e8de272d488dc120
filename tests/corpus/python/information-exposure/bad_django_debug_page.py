import sys
import traceback

from django.http import HttpResponse


def report(request):
    try:
        rows = request.user.reports.all()
        return HttpResponse(str(len(rows)))
    except Exception:
        kind, value, trace = sys.exc_info()
        text = "".join(traceback.format_exception(kind, value, trace))
        return HttpResponse(text, status=500, content_type="text/plain")  # expect: CWE-209
