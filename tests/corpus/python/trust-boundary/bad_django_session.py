from django.http import JsonResponse


def choose_tenant(request):
    tenant = request.GET["tenant"]
    request.session["tenant"] = tenant  # expect: CWE-501
    return JsonResponse({"tenant": tenant})
