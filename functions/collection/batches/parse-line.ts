import { describeIssue, type LocatedFault, locateFaults } from '../../../shared/http/faults.ts';
import { type CollectionLine, lineIn } from './line-shapes.ts';

export type ParsedLine =
  | { readonly request: CollectionLine; readonly faults?: never }
  | { readonly request?: never; readonly faults: readonly LocatedFault[] };

/** Reads one line of a batch, whatever it was written in: the request, or all its faults with the fields they are in. */
export function parseLine(value: unknown): ParsedLine {
  const { success, data, error } = lineIn.safeParse(value, { error: describeIssue });
  return success ? { request: data } : { faults: locateFaults(error.issues) };
}
