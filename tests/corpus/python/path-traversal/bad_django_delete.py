import os

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.http import require_POST


@require_POST
def delete_avatar(request):
    name = request.POST["name"]
    path = settings.MEDIA_ROOT + "/avatars/" + name
    os.remove(path)  # expect: CWE-22 @ path
    return JsonResponse({"deleted": name})
