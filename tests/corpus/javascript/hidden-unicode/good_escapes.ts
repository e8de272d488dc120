const HIDDEN = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function clean(text: string): string {
  return text.replace(HIDDEN, '');
}
