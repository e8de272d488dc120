import libxmljs from 'libxmljs';

export function title(xml: string): string | undefined {
  const document = libxmljs.parseXmlString(xml, { noent: false, dtdload: false });
  return document.get('//title')?.toString();
}
