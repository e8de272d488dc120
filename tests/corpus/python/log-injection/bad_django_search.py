import logging

from django.http import JsonResponse

logger = logging.getLogger("search")


def search(request):
    term = request.GET.get("q", "")
    logger.info(f"search for {term}")  # expect: CWE-117
    return JsonResponse({"results": []})
