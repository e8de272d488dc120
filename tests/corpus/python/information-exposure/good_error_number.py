import logging
import uuid

from django.http import JsonResponse

logger = logging.getLogger(__name__)


def report(request):
    try:
        return JsonResponse({"count": request.user.reports.count()})
    except Exception as error:
        number = uuid.uuid4().hex
        logger.error("report %s failed: %s", number, error)
        return JsonResponse({"error": "internal error", "reference": number}, status=500)
