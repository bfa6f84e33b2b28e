import { headText } from '../../../../shared/formats/file-head.ts';
import { readStatuses } from '../../../../shared/formats/pain/read-statuses.ts';
import { indexStatuses, type StatusIndex } from '../../../../shared/formats/pain/status-index.ts';
import { readStatements } from '../../../../shared/formats/read-statements.ts';
import type { StatementHeader } from '../../../../shared/formats/statement-events.ts';
import { normaliseAccountNumber } from '../../../../shared/identifiers/account-number.ts';
import { FileRefused } from './file-refused.ts';
import { type Movement, movementsOf } from './read-movements.ts';
import { StatementTally } from './statement-tally.ts';

export type ParsedFile =
  | { readonly kind: 'STATUS'; readonly index: StatusIndex }
  | { readonly kind: 'MOVEMENTS'; readonly movements: readonly Movement[]; readonly names: readonly MessageName[] };

/**
 * A message of a bank: its kind, its MsgId, the account that it is about and, where it is told, the page. A bank uses it
 * once; another bank, of another account, may use the same MsgId.
 */
export type MessageName = readonly [kind: string, messageId: string, account: string, ...page: string[]];

/** Bytes in which a file says what it is. */
const headBytes = 4_096;

/**
 * Reads a pain.002, camt.053 or camt.054 to its end, as it comes.
 *
 * @throws FormatError, FileRefused
 */
export async function parseBankFile(chunks: AsyncIterable<Uint8Array>): Promise<ParsedFile> {
  const rest = chunks[Symbol.asyncIterator]();
  const head = await readHead(rest);
  const { text } = headText(head.subarray(0, headBytes));
  const whole = joined(head, rest);
  return /CstmrPmtStsRpt|pain\.002/.test(text) ? await parseStatus(whole) : await parseMovements(whole);
}

async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  while (head.length < headBytes) {
    const { value, done } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

/** A file from its beginning; where it is left before its end, its source is closed. */
async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function parseStatus(chunks: AsyncIterable<Uint8Array>): Promise<ParsedFile> {
  return { kind: 'STATUS', index: await indexStatuses(readStatuses(chunks)) };
}

async function parseMovements(chunks: AsyncIterable<Uint8Array>): Promise<ParsedFile> {
  const movements: Movement[] = [];
  const names: MessageName[] = [];
  let open: { readonly header: StatementHeader; readonly tally: StatementTally } | undefined;
  let statement = 0;
  for await (const event of readStatements(chunks)) {
    if (event.kind === 'statement') {
      open = { header: event.header, tally: new StatementTally() };
      statement += 1;
      refuseOthers(open.header);
      names.push(...namesOf(open.header));
    }
    if (event.kind === 'entry' && open) {
      movements.push(...movementsOf(open.header, event.entry, statement));
      open.tally.add(event.entry);
    }
    if (event.kind === 'end' && open) open.tally.check(open.header, event.trailer.declaredTotals);
  }
  return { kind: 'MOVEMENTS', movements, names };
}

/** Some banks give the pages of one statement the same MsgId. */
function namesOf({ format, messageId, account, pageNumber }: StatementHeader): MessageName[] {
  if (messageId === undefined) return [];
  const number = normaliseAccountNumber(account.iban ?? account.number ?? '');
  return [pageNumber === undefined ? [format, messageId, number] : [format, messageId, number, String(pageNumber)]];
}

function refuseOthers({ format }: StatementHeader): void {
  if (format === 'camt.053' || format === 'camt.054') return;
  throw new FileRefused(
    'another-format',
    `A ${format} does not belong here. Put pain.002, camt.053 and camt.054 only.`,
  );
}
