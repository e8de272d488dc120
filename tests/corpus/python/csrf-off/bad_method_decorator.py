from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt


@method_decorator(csrf_exempt, name="dispatch")  # expect: CWE-352
class TransferView(View):
    def post(self, request):
        request.user.account.transfer(request.POST["to"], int(request.POST["amount"]))
        return JsonResponse({"ok": True})
