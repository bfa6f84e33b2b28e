import { FAULTS_MAX } from '../../../shared/http/faults.ts';
import type { LineFaultOf } from './batch-line.ts';

/**
 * Bytes of what the faults of a batch say, at most. A function answers 6 MB, in which the answer stands as a text again; what is said of
 * 10,000 lines besides their faults, and of lines beyond this bound, takes less than half of it.
 */
const bytesMax = 2_500_000;
/** Characters of the name of a field: a caller may have named it. */
const fieldLengthMax = 100;

export interface ToldFaults<Code extends string> {
  readonly faults: { code: Code; field: string; detail?: string }[];
  /** So many more are not told. */
  readonly untold?: number;
}

/** What is told of the faults of each line of a batch, in the order of lines: beyond a bound of all the first of a line alone, in short. */
export function faultTeller(): <Code extends string>(faults: readonly LineFaultOf<Code>[]) => ToldFaults<Code> {
  let left = bytesMax;
  return (faults) => {
    const all = faults
      .slice(0, FAULTS_MAX)
      .map(({ code, field, detail }) => ({ code, field: shortField(field), detail }));
    const size = answeredBytes(all);
    const isTold = size <= left;
    if (isTold) left -= size;
    const told = isTold ? all : all.slice(0, 1).map(({ code, field }) => ({ code, field }));
    const untold = faults.length - told.length;
    return { faults: told, ...(untold > 0 && { untold }) };
  };
}

function shortField(field: string): string {
  return field.length > fieldLengthMax ? `${field.slice(0, fieldLengthMax)}…` : field;
}

/** As a text of a text: each quotation mark has become two characters. */
function answeredBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(value)));
}
