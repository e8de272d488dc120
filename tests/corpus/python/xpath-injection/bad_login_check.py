from django.http import JsonResponse
from lxml import etree


def login(request):
    tree = etree.parse("accounts.xml")
    user = request.POST.get("user")
    pin = request.POST.get("pin")
    matches = tree.xpath("//account[@user='%s' and @pin='%s']" % (user, pin))  # expect: CWE-643
    return JsonResponse({"ok": bool(matches)})
