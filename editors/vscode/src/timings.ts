/** How long the steps took that a person could feel; the extension exports them to whoever measures it. */

const MOST = 1_000;
const taken: Record<string, number[]> = {};

/** Milliseconds by step, the latest last. */
export const timings: Readonly<Record<string, readonly number[]>> = taken;

/** Keep how many milliseconds a step took. */
export function note(step: string, milliseconds: number): void {
  const times = (taken[step] ??= []);
  times.push(milliseconds);
  if (times.length > MOST) times.shift();
}
