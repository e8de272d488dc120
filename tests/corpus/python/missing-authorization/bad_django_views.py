from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.views.decorators.http import require_POST

from .models import Document


@login_required
@require_POST
def rename(request, pk):
    document = Document.objects.get(pk=pk, owner=request.user)
    document.title = request.POST["title"]
    document.save()
    return JsonResponse({"ok": True})


@login_required
@require_POST
def share(request, pk):
    document = Document.objects.get(pk=pk, owner=request.user)
    document.shared_with.add(request.POST["user"])
    return JsonResponse({"ok": True})


@require_POST  # expect: CWE-862|CWE-639
def delete(request, pk):
    Document.objects.filter(pk=pk).delete()
    return JsonResponse({"ok": True})
