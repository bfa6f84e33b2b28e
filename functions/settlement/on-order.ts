import type { DynamoDBRecord } from 'aws-lambda';
import { dynamo } from '../../shared/dynamo/client.ts';
import { fromStreamImage } from '../../shared/events/stream-image.ts';
import type { StreamWindowAnswer, StreamWindowEvent } from '../../shared/events/stream-window.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { now } from '../../shared/time/clock.ts';
import { isPosted, postTransfers, readAccounts } from '../ledger/published.ts';
import { RoleAccounts } from './journal/booking/role-accounts.ts';
import { type StreamChange, takeChanges } from './journal/take-changes.ts';
import { writeLostLines } from './journal/write-lost-lines.ts';
import { askWhenBooked } from './orders/booking/ask-when-booked.ts';
import { defaultJournalingStore } from './store.ts';
import { wholeTable } from './store-whole-table.ts';

const accounts = new RoleAccounts();

/**
 * Writes what changes of orders mean into the journal, and books what the journal posts in the ledger. Handed over again, whole, in
 * part or late, it writes and books nothing twice. What fails throws, and the batch comes again. Refunds that waited for what was
 * booked go on.
 */
export async function handler({ Records, shardId }: StreamWindowEvent): Promise<StreamWindowAnswer> {
  if (Records.length > 0) {
    const tools = { store: defaultJournalingStore(), ledger: { isPosted, postTransfers, readAccounts } };
    const changes = Records.map(toChange);
    await takeChanges(tools, accounts, shardId, changes, now());
    if (changes.some(({ after }) => after?.kind === 'POSTING')) await askWhenBooked(tools, accounts, now());
  }
  return { state: {}, batchItemFailures: [] };
}

/**
 * Writes and books what never reached it of orders that were changed last between two ISO instants; see `writeLostLines`. Reads the
 * whole table, as an operator asks for it. Answers in words what came of it.
 */
export async function redrive(from: string, to: string): Promise<string> {
  const readAll = wholeTable(dynamo(), requireEnvironment('TABLE_SETTLEMENT'));
  const tools = { store: defaultJournalingStore(), ledger: { postTransfers }, readAll };
  const { orders, written, left, postings } = await writeLostLines(tools, accounts, { from, to }, now());
  return `Of ${orders} orders, lines of ${written} were written, and of ${left} could not be; ${postings} postings were handed to the ledger.`;
}

function toChange({ eventName, dynamodb }: DynamoDBRecord): StreamChange {
  const { SequenceNumber, NewImage, OldImage } = dynamodb ?? {};
  if (!SequenceNumber) throw new Error('A record of the stream has no sequence number.');
  return {
    at: SequenceNumber,
    isNew: eventName === 'INSERT',
    ...(NewImage && { after: fromStreamImage(NewImage) }),
    ...(OldImage && { before: fromStreamImage(OldImage) }),
  };
}
