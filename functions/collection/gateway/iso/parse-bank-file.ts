import { headText } from '../../../../shared/formats/file-head.ts';
import { readStatuses } from '../../../../shared/formats/pain/read-statuses.ts';
import { indexStatuses, type StatusIndex } from '../../../../shared/formats/pain/status-index.ts';
import { readStatements } from '../../../../shared/formats/read-statements.ts';
import type { StatementHeader } from '../../../../shared/formats/statement-events.ts';
import { FileRefused } from './file-refused.ts';
import { type Movement, movementsOf } from './read-movements.ts';
import { StatementTally } from './statement-tally.ts';

export type ParsedFile = Named &
  (
    | { readonly kind: 'STATUS'; readonly index: StatusIndex }
    | { readonly kind: 'MOVEMENTS'; readonly movements: readonly Movement[] }
  );

/** The messages of a file by kind, MsgId and, where it is told, page: what a bank uses once. */
interface Named {
  readonly names: readonly (readonly string[])[];
}

/** Bytes in which a file says what it is. */
const headBytes = 4_096;

/**
 * Reads a pain.002, camt.053 or camt.054 to its end.
 *
 * @throws FormatError, FileRefused
 */
export async function parseBankFile(bytes: Uint8Array): Promise<ParsedFile> {
  const { text } = headText(bytes.subarray(0, headBytes));
  return /CstmrPmtStsRpt|pain\.002/.test(text) ? await parseStatus(bytes) : await parseMovements(bytes);
}

async function parseStatus(bytes: Uint8Array): Promise<ParsedFile> {
  const index = await indexStatuses(readStatuses(streamOf(bytes)));
  const { messageId } = index.report;
  return { kind: 'STATUS', index, names: messageId === undefined ? [] : [['pain.002', messageId]] };
}

async function parseMovements(bytes: Uint8Array): Promise<ParsedFile> {
  const movements: Movement[] = [];
  const names: string[][] = [];
  let open: { readonly header: StatementHeader; readonly tally: StatementTally } | undefined;
  let statement = 0;
  for await (const event of readStatements(streamOf(bytes))) {
    if (event.kind === 'statement') {
      open = { header: event.header, tally: new StatementTally() };
      statement += 1;
      refuseOthers(open.header);
      names.push(nameOf(open.header));
    }
    if (event.kind === 'entry' && open) {
      movements.push(...movementsOf(open.header, event.entry, statement));
      open.tally.add(event.entry);
    }
    if (event.kind === 'end' && open) open.tally.check(open.header, event.trailer.declaredTotals);
  }
  return { kind: 'MOVEMENTS', movements, names: names.filter(({ length }) => length > 0) };
}

/** Some banks give the pages of one statement the same MsgId. */
function nameOf({ format, messageId, pageNumber }: StatementHeader): string[] {
  if (messageId === undefined) return [];
  return [format, messageId, ...(pageNumber === undefined ? [] : [String(pageNumber)])];
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
