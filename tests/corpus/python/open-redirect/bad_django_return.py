from django.http import HttpResponseRedirect


def set_language(request):
    language = request.GET.get("lang", "en")
    response = HttpResponseRedirect(request.GET.get("return_to", "/"))  # expect: CWE-601
    response.set_cookie("lang", "de" if language == "de" else "en", secure=True, httponly=True, samesite="Lax")
    return response
