from fastapi import FastAPI
from lxml import etree

app = FastAPI()
document = etree.parse("parts.xml")


@app.get("/parts")
def parts(category: str):
    expression = etree.XPath("/parts/part[category/text()='{}']".format(category))  # expect: CWE-643
    return {"count": len(expression(document))}
