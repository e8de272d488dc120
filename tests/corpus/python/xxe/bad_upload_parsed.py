from django.http import JsonResponse
from lxml import etree


def upload_invoice(request):
    document = request.FILES["invoice"].read()
    parser = etree.XMLParser(huge_tree=True, resolve_entities=True)
    tree = etree.XML(document, parser)  # expect: CWE-611
    return JsonResponse({"total": tree.findtext("total")})
