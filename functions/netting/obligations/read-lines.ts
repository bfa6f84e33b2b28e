import { describeIssue, locateFaults } from '../../../shared/http/faults.ts';
import type { LineFault } from './check-obligation.ts';
import type { AskedObligation } from './obligation.ts';
import { lineIn, toAsked } from './obligation-shapes.ts';

/** One line of a batch: what is asked for, or all that is wrong with it. */
export type ReadLine =
  | { readonly asked: AskedObligation; readonly faults?: never }
  | { readonly asked?: never; readonly faults: readonly LineFault[] };

/** Each line by itself; `today` is the day of the centre. */
export function readLines(lines: readonly unknown[], today: string): ReadLine[] {
  return lines.map((line) => {
    const { success, data, error } = lineIn.safeParse(line, { error: describeIssue });
    if (success) return { asked: toAsked(data, today) };
    const faults = locateFaults(error.issues).map(({ path, detail }): LineFault => {
      return { code: 'MALFORMED', field: path.map(String).join('.'), detail };
    });
    return { faults };
  });
}
