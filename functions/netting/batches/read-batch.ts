import type * as z from 'zod';
import { describeIssue, locateFaults } from '../../../shared/http/faults.ts';
import type { LineFaultOf, ReadLine } from './batch-line.ts';

/** Each line by itself, as `toAsked` makes it of its shape, or all that is wrong with it. */
export function readBatch<Line, Asked>(
  lines: readonly unknown[],
  shape: z.ZodType<Line>,
  toAsked: (line: Line) => Asked,
): ReadLine<Asked, LineFaultOf<'MALFORMED'>>[] {
  return lines.map((line) => {
    const { success, data, error } = shape.safeParse(line, { error: describeIssue });
    if (success) return { asked: toAsked(data) };
    const faults = locateFaults(error.issues).map(({ path, detail }) => {
      return { code: 'MALFORMED', field: path.map(String).join('.'), detail } as const;
    });
    return { faults };
  });
}
