import { maskNumbersIn } from '../identifiers/mask.ts';

/** Causes followed from an error, at most. */
const CAUSES_MAX = 5;

/**
 * Lambda rewrites what goes through console and would hide embedded metrics, so a line goes to the output as it is.
 */
let sink: (line: string) => void = (line) => process.stdout.write(`${line}\n`);

/** Sets where log lines go. For hosts that show them elsewhere or not at all, and tests. */
export function setLogSink(write: (line: string) => void): void {
  sink = write;
}

/** Writes one JSON line. What may hold an account or card number (the text of an error) goes through describeError first. */
export function writeLog(record: Readonly<Record<string, unknown>>): void {
  sink(JSON.stringify(record));
}

/** An error and its causes, for the log: runs of digits that could be an account or card number are masked. */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return maskNumbersIn(String(error));
  return {
    name: error.name,
    message: maskNumbersIn(error.message),
    stack: maskNumbersIn(error.stack ?? ''),
    ...(error.cause !== undefined && depth < CAUSES_MAX && { cause: describeError(error.cause, depth + 1) }),
  };
}
