import { FormatError, type FormatFault } from '../../shared/formats/format-error.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { problems } from './problems.ts';

/** Complete, though files of payments never get here. */
const kinds: Record<FormatFault, keyof typeof problems> = {
  'empty-file': 'not-a-statement',
  'not-a-statement': 'not-a-statement',
  'not-a-payment-message': 'not-a-statement',
  'not-a-status-report': 'not-a-statement',
  'pdf-document': 'not-a-statement',
  'zip-archive': 'zip-archive',
  'gzip-archive': 'zip-archive',
  'unsupported-encoding': 'malformed',
  truncated: 'truncated',
  'malformed-xml': 'malformed',
  'doctype-not-allowed': 'unsafe-xml',
  'xml-too-deep': 'unsafe-xml',
  'element-too-large': 'too-large',
  'line-too-long': 'too-large',
  'too-many-details': 'too-large',
  'missing-field': 'malformed',
  'bad-field': 'malformed',
  'bad-amount': 'malformed',
  'too-many-decimals': 'malformed',
  'unknown-currency': 'malformed',
  'totals-do-not-fit': 'malformed',
};

/** A file that cannot be read, as the caller is told: what is wrong, where in the file, and what to do. */
export function fileProblem(error: FormatError): Problem {
  const { reason, message, position, mend } = error;
  const kind = problems[kinds[reason]];
  return kind.with({ detail: message, mend, reason, position }, { cause: error });
}

/** Events of a file, its faults turned into problems. */
export async function* withProblems<Event>(events: AsyncIterable<Event>): AsyncGenerator<Event> {
  try {
    yield* events;
  } catch (error) {
    throw error instanceof FormatError ? fileProblem(error) : error;
  }
}
