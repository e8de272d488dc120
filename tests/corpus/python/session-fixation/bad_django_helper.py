from django.contrib.auth import authenticate
from django.http import JsonResponse


def remember(session, member):
    session["member"] = member.pk


def enter(request):
    member = authenticate(request, username=request.POST["name"], password=request.POST["word"])
    if member is None:
        return JsonResponse({"ok": False}, status=401)
    remember(request.session, member)  # expect: CWE-384
    return JsonResponse({"ok": True})
