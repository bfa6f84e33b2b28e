import { readStatements } from '../../shared/formats/read-statements.ts';
import type { StatementEvent } from '../../shared/formats/statement-events.ts';
import { withProblems } from './file-problem.ts';

/** The events of a file, from its beginning at every call; faults of the file come as problems. */
export function parsedFile(source: () => AsyncIterable<Uint8Array>): () => AsyncIterable<StatementEvent> {
  return () => withProblems(readStatements(source()));
}
