import type { ExceptionReason } from '../matching/decision.ts';
import type { ReceivablesStore } from '../store.ts';
import type { ReceiptPage } from '../store-receipts.ts';
import { type Receipt, type ReceiptState, receiptState } from './receipt.ts';

/** Places that are read for one page, at most, where a filter lets few through. */
const readsMax = 5;

interface PageAsked {
  readonly after?: string | undefined;
  readonly count: number;
}

/** A page of receipts, the latest paid first. It may hold fewer than asked for; `next` alone tells that there are more. */
export function pageReceipts(
  store: Pick<ReceivablesStore, 'listReceipts' | 'listReceiptsOf'>,
  tenant: string,
  { state, customerId }: { readonly state?: ReceiptState | undefined; readonly customerId?: string | undefined },
  asked: PageAsked,
): Promise<ReceiptPage> {
  const which = state === undefined ? 'ALL' : state === 'OPEN' || state === 'PART_MATCHED' ? 'OPEN' : 'CLOSED';
  const read = (page: PageAsked) =>
    customerId === undefined ? store.listReceipts(tenant, which, page) : store.listReceiptsOf(tenant, customerId, page);
  return filtered(read, asked, (receipt) => state === undefined || receiptState(receipt) === state);
}

/** A page of receipts that wait for somebody, the longest waiting first; as for pageReceipts. */
export function pageExceptions(
  store: Pick<ReceivablesStore, 'listExceptions'>,
  tenant: string,
  { reason, assignee }: { readonly reason?: ExceptionReason | undefined; readonly assignee?: string | undefined },
  asked: PageAsked,
): Promise<ReceiptPage> {
  const fits = ({ exception }: Receipt) =>
    exception !== undefined &&
    (reason === undefined || exception.reason === reason) &&
    (assignee === undefined || exception.assignee === assignee);
  return filtered((page) => store.listExceptions(tenant, reason, page), asked, fits);
}

/** Reads on while the page is empty, a few times. */
async function filtered(
  read: (page: PageAsked) => Promise<ReceiptPage>,
  { after, count }: PageAsked,
  fits: (receipt: Receipt) => boolean,
): Promise<ReceiptPage> {
  let from = after;
  for (let reads = 1; ; reads++) {
    const { receipts, next } = await read({ after: from, count });
    const found = receipts.filter(fits);
    if (found.length > 0 || next === undefined || reads >= readsMax) {
      return { receipts: found, ...(next !== undefined && { next }) };
    }
    from = next;
  }
}
