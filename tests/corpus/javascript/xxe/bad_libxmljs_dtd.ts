import libxmljs from 'libxmljs';

export function title(xml: string): string | undefined {
  const options = { noent: true, dtdload: true, nonet: false };
  const document = libxmljs.parseXmlString(xml, options); // expect: CWE-611
  return document.get('//title')?.toString();
}
