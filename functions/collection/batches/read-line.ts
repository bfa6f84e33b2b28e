import type { CollectionLine } from './line-shapes.ts';
import { parseLine } from './parse-line.ts';
import type { BatchLine } from './plan-batch.ts';
import type { CsvLine } from './read-csv.ts';

/** One line of a batch, whatever it was written in: what is asked for, or all that is wrong with it. */
export type ReadLine =
  | { readonly line: number; readonly asked: BatchLine; readonly faults?: never }
  | { readonly line: number; readonly asked?: never; readonly faults: readonly LineFault[] };

export interface LineFault {
  /** Name of the field or column. */
  readonly field: string;
  readonly detail: string;
}

/** Lines of JSON, numbered from 1. */
export function readJsonLines(values: readonly unknown[]): ReadLine[] {
  return values.map((value, place) => {
    const line = place + 1;
    const { request, faults = [] } = parseLine(value);
    if (request) return { line, asked: askedOf(line, request) };
    return { line, faults: faults.map(({ path, detail }) => ({ field: path.map(String).join('.'), detail })) };
  });
}

export function readCsvLines(lines: readonly CsvLine[]): ReadLine[] {
  return lines.map(({ line, request, faults = [] }) => {
    if (request) return { line, asked: askedOf(line, request) };
    return { line, faults: faults.map(({ column, detail }) => ({ field: column, detail })) };
  });
}

export function askedOf(line: number, { amount, references = {}, ...request }: CollectionLine): BatchLine {
  return { line, ...request, references, amount: amount.minor, currency: amount.currency } as BatchLine;
}
