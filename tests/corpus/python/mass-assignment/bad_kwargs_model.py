from django.http import JsonResponse

from .models import Profile


def create_profile(request):
    profile = Profile(**request.POST.dict())  # expect: CWE-915
    profile.save()
    return JsonResponse({"id": profile.pk}, status=201)
