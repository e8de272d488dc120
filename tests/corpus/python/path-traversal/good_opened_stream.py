import io
import tarfile

import numpy as np
from django.http import JsonResponse
from PIL import Image


def measure(request):
    picture = Image.open(request.FILES["photo"])
    table = np.load(io.BytesIO(request.FILES["table"].read()), allow_pickle=False)
    with tarfile.open(fileobj=request.FILES["notes"].file) as notes:
        count = len(notes.getnames())
    return JsonResponse({"width": picture.width, "rows": len(table), "notes": count})
