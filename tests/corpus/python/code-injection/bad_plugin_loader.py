import importlib

from django.http import JsonResponse


def run_report(request, name):
    module_name = "reports." + request.GET.get("module", name)
    module = importlib.import_module(module_name)  # expect: CWE-94|CWE-470
    return JsonResponse(module.run(request.GET.dict()))
