import logging

from django.http import JsonResponse

logger = logging.getLogger("audit")
EVENTS = {"login": "user signed in", "logout": "user signed out"}


def event(request):
    text = EVENTS.get(request.POST.get("event"))
    if text is None:
        return JsonResponse({"error": "unknown"}, status=400)
    logger.info(text)
    logger.info("user %d", request.user.id)
    return JsonResponse({"ok": True})
