export const HINT = 'Patterns such as (a+)+$ are slow.';
export const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

export function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
