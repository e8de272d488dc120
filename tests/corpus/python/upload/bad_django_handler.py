from django.conf import settings
from django.http import JsonResponse


def upload(request):
    uploaded = request.FILES["document"]
    with open(settings.MEDIA_ROOT + "/" + uploaded.name, "wb+") as target:  # expect: CWE-434|CWE-22
        for chunk in uploaded.chunks():
            target.write(chunk)
    return JsonResponse({"name": uploaded.name, "size": uploaded.size})
