export function find(document: XMLDocument): string {
  const name = new URLSearchParams(location.search).get('name');
  const expression = `/catalogue/book[@author="${name}"]/title`;
  const result = document.evaluate(expression, document, null, XPathResult.STRING_TYPE, null); // expect: CWE-643
  return result.stringValue;
}
