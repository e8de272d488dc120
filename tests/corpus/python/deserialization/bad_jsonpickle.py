import jsonpickle
from django.http import JsonResponse


def import_settings(request):
    settings = jsonpickle.decode(request.body.decode("utf-8"))  # expect: CWE-502
    request.session["settings"] = settings.as_dict()
    return JsonResponse({"ok": True})
