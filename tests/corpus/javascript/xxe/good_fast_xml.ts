import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({ ignoreAttributes: false, processEntities: false });

export function items(xml: string): unknown[] {
  return parser.parse(xml).rss.channel.item;
}
