import { deriveId } from '../../../shared/identifiers/id.ts';
import { itemsPerBlockMax } from '../batches/batch.ts';
import { ordersPerMessageMax } from '../gateway/sent-message.ts';

/**
 * What goes to a bank as one message: the orders of a batch over one rail, from whichever blocks. Blocks join while it is
 * open; once closed its orders are fixed for ever, and who comes later joins the next.
 */
export interface Dispatch {
  /** The message's number at the bank. */
  readonly messageId: string;
  readonly railId: string;
  /** Blocks are parted into as many groups as messages have to be, since a message has its limit. */
  readonly group: number;
  /** 1 for the first over a rail. */
  readonly number: number;
  readonly blocks: readonly number[];
  readonly closed: boolean;
}

const blocksPerGroup = Math.floor(ordersPerMessageMax / itemsPerBlockMax);

/** The dispatch over a rail that a block may join: the latest where it is open, else a new one. */
export function openDispatch(
  { tenant, batchId, block }: { readonly tenant: string; readonly batchId: string; readonly block: number },
  railId: string,
  dispatches: readonly Dispatch[],
): Dispatch {
  const group = Math.floor(block / blocksPerGroup);
  const earlier = dispatches.filter((one) => one.railId === railId && one.group === group);
  const last = earlier.toSorted((one, other) => other.number - one.number)[0];
  if (last && !last.closed) return last;
  const number = (last?.number ?? 0) + 1;
  // Banks take no underscore in the number of a message.
  const messageId = deriveId('m', tenant, batchId, railId, String(group), String(number)).slice('m_'.length);
  return { messageId, railId, group, number, blocks: [], closed: false };
}
