from django.contrib.auth import authenticate
from django.http import JsonResponse


def login_view(request):
    user = authenticate(request, username=request.POST["user"], password=request.POST["password"])
    if user is None:
        return JsonResponse({"error": "invalid"}, status=401)
    request.session.cycle_key()
    request.session["user_id"] = user.pk
    return JsonResponse({"ok": True})
