import json

from django.http import JsonResponse
from pymongo import MongoClient

products = MongoClient()["shop"]["products"]


def search(request):
    criteria = json.loads(request.GET.get("filter", "{}"))
    found = products.find(criteria).limit(50)  # expect: CWE-943 @ criteria
    return JsonResponse({"names": [product["name"] for product in found]})
