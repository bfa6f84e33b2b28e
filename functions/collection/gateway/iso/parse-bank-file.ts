import { headText } from '../../../../shared/formats/file-head.ts';
import { readStatuses } from '../../../../shared/formats/pain/read-statuses.ts';
import { indexStatuses, type StatusIndex } from '../../../../shared/formats/pain/status-index.ts';
import { readStatements } from '../../../../shared/formats/read-statements.ts';
import type { StatementHeader } from '../../../../shared/formats/statement-events.ts';
import { FileRefused } from './file-refused.ts';
import { type Movement, movementsOf } from './read-movements.ts';

export type ParsedFile =
  | { readonly kind: 'STATUS'; readonly index: StatusIndex }
  | { readonly kind: 'MOVEMENTS'; readonly movements: readonly Movement[] };

/** Bytes in which a file says what it is. */
const headBytes = 4_096;

/**
 * Reads a pain.002, camt.053 or camt.054 to its end.
 *
 * @throws FormatError, FileRefused
 */
export async function parseBankFile(bytes: Uint8Array): Promise<ParsedFile> {
  const { text } = headText(bytes.subarray(0, headBytes));
  if (/CstmrPmtStsRpt|pain\.002/.test(text)) {
    return { kind: 'STATUS', index: await indexStatuses(readStatuses(streamOf(bytes))) };
  }
  return { kind: 'MOVEMENTS', movements: await movementsIn(bytes) };
}

async function movementsIn(bytes: Uint8Array): Promise<Movement[]> {
  const movements: Movement[] = [];
  let header: StatementHeader | undefined;
  let statement = 0;
  for await (const event of readStatements(streamOf(bytes))) {
    if (event.kind === 'statement') {
      header = event.header;
      statement += 1;
      refuseOthers(header);
    }
    if (event.kind === 'entry' && header) movements.push(...movementsOf(header, event.entry, statement));
  }
  return movements;
}

function refuseOthers({ format }: StatementHeader): void {
  if (format === 'camt.053' || format === 'camt.054') return;
  throw new FileRefused(
    'another-format',
    `A ${format} does not belong here. Put pain.002, camt.053 and camt.054 only.`,
  );
}

async function* streamOf(bytes: Uint8Array) {
  yield bytes;
}
