import { isDeepStrictEqual } from 'node:util';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { changed } from '../matches/step.ts';
import { matching } from '../matches/write-decisions.ts';
import type { Receipt } from '../receipts/receipt.ts';
import { bookKey } from '../reports/fact.ts';
import type { ReceivablesTools } from '../tools.ts';
import { type FoundReceipts, findReceipts } from './find-receipts.ts';
import { candidatesMax, type ReturnedCredit, returnedState } from './returned-credit.ts';
import type { OpenReturned } from './returned-items.ts';
import { takeBack, takeBackOthers } from './take-back.ts';

type Tools = Pick<ReceivablesTools, 'store'>;

interface Which {
  readonly tenant: string;
  readonly id: string;
}

/**
 * Finds the receipts that a returned credit is of, and takes them back; where nobody knows which, somebody is to say. Asked again it
 * goes on where it stopped, and changes nothing where all is done.
 */
export async function settleReturned(tools: Tools, { tenant, id }: Which, now: Date): Promise<void> {
  const { store } = tools;
  const by = { at: now.toISOString(), cause: { ...matching, requestId: id } };
  const returned = await decideAndWrite(async () => {
    const before = await store.readReturned(tenant, id);
    if (!before || returnedState(before) !== 'OPEN') return { answer: before };
    if (before.parts.length > 0) await takeBack(tools, before, now);
    const found = await findFree(tools, before, now);
    const next = foundFor(before, found, by.at);
    if (isDeepStrictEqual([next.parts, next.waits], [before.parts, before.waits])) return { answer: undefined };
    const answer = changed<ReturnedCredit>(next, {}, by);
    const receipts = 'receipts' in found ? found.receipts : [];
    return { answer, write: () => store.replaceReturned(answer, before, { receipts }) };
  });
  if (returned) await takeBack(tools, returned, now);
}

/** Once nothing else is being taken off the receipts that are found: it may leave others, or none. */
async function findFree(tools: Tools, returned: ReturnedCredit, now: Date): Promise<FoundReceipts> {
  const found = await findReceipts(tools.store, returned);
  if (!('parts' in found)) return found;
  const receiptIds = found.parts.map(({ receiptId }) => receiptId);
  const wereTaken = await takeBackOthers(tools, returned.tenant, receiptIds, now);
  return wereTaken ? await findReceipts(tools.store, returned) : found;
}

/** The same reason again waits since when it did. */
function foundFor(before: ReturnedCredit, found: FoundReceipts, at: string): ReturnedCredit {
  if (!('parts' in found)) {
    const { reason } = found;
    const since = before.waits?.reason === reason ? before.waits.since : at;
    return { ...before, waits: { reason, since, candidates: found.candidates.slice(0, candidatesMax) } };
  }
  const { waits: _, ...rest } = before;
  return { ...rest, parts: [...before.parts, ...found.parts] };
}

/** Looks again at what is open of a tenant, where receipts came, or are told more of, that it may be of by amount or by name. */
export async function settleReturnedOf(
  tools: Tools,
  tenant: string,
  receipts: readonly Receipt[],
  now: Date,
): Promise<void> {
  const byBook = Map.groupBy(receipts, bookKey);
  for (const open of await tools.store.listOpenReturned(tenant)) {
    const ofBook = byBook.get(bookKey(open)) ?? [];
    if (ofBook.some((receipt) => isPointedAt(open, receipt))) await settleReturned(tools, open, now);
  }
}

/** What only the bank's reference leads to, as the parts of a batch, is found by settleAllReturned. */
function isPointedAt({ amounts, endToEnds }: OpenReturned, { amount, references }: Receipt): boolean {
  return amounts.includes(amount) || endToEnds.includes(references.endToEndId ?? '');
}

/** Looks again at all of a tenant of which something is left to be done. Throws where some failed, after all were tried. */
export async function settleAllReturned(tools: Tools, tenant: string, now: Date): Promise<void> {
  const failures: unknown[] = [];
  for (const open of await tools.store.listOpenReturned(tenant)) {
    await settleReturned(tools, open, now).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some of what banks took back is not done.');
}
