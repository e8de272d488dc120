import json
import urllib.request

from django.http import JsonResponse


def tenant_status(request):
    tenant = request.GET["tenant"]
    address = "https://" + tenant + ".internal.example.com/status"
    with urllib.request.urlopen(address, timeout=3) as response:  # expect: CWE-918 @ address
        return JsonResponse(json.load(response))
