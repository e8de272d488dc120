import traceback
import logging
from django.conf import settings
from django.http import JsonResponse
from django.views import View
from .services import build_invoice

logger = logging.getLogger(__name__)


class InvoiceView(View):
    def get(self, request, pk):
        try:
            data = build_invoice(pk, request.user)
        except Exception:
            tb = traceback.format_exc()
            logger.error(tb)
            return JsonResponse({"ok": False, "error": "internal error"}, status=500)
        return JsonResponse(data)
