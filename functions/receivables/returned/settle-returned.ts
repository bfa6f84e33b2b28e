import { isDeepStrictEqual } from 'node:util';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { changed } from '../matches/step.ts';
import { matching } from '../matches/write-decisions.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesTools } from '../tools.ts';
import { findReceipts } from './find-receipts.ts';
import { type ReturnedCredit, returnedState } from './returned-credit.ts';
import { takeBack } from './take-back.ts';
import type { WhichReceipt } from './which-receipt.ts';

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
    const next = foundFor(before, await findReceipts(store, before), by.at);
    if (isDeepStrictEqual([next.parts, next.waits], [before.parts, before.waits])) return { answer: before };
    const answer = changed<ReturnedCredit>(next, {}, by);
    return { answer, write: () => store.replaceReturned(answer, before) };
  });
  if (returned) await takeBack(tools, returned, now);
}

/** The same reason again is the same. */
function foundFor(before: ReturnedCredit, found: WhichReceipt, at: string): ReturnedCredit {
  if (!('parts' in found)) {
    return before.waits?.reason === found.reason ? before : { ...before, waits: { reason: found.reason, since: at } };
  }
  const { waits: _, ...rest } = before;
  return { ...rest, parts: [...before.parts, ...found.parts] };
}

/** Looks again at what is open of a tenant, where receipts came, or are told more of, that it may be of. */
export async function settleReturnedOf(
  tools: Tools,
  tenant: string,
  receipts: readonly Receipt[],
  now: Date,
): Promise<void> {
  const books = new Set(receipts.map(bookOf));
  const open = await tools.store.listOpenReturned(tenant);
  for (const one of open.filter((one) => books.has(bookOf(one)))) {
    await settleReturned(tools, { tenant, id: one.id }, now);
  }
}

function bookOf({ legalEntity, currency }: { readonly legalEntity: string; readonly currency: string }): string {
  return `${currency} ${legalEntity}`;
}
