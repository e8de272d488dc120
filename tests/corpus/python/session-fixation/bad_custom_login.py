from django.contrib.auth import authenticate
from django.http import JsonResponse


def login_view(request):
    user = authenticate(request, username=request.POST["user"], password=request.POST["password"])
    if user is None:
        return JsonResponse({"error": "invalid"}, status=401)
    request.session["user_id"] = user.pk  # expect: CWE-384
    request.session["is_staff"] = user.is_staff
    return JsonResponse({"ok": True})
