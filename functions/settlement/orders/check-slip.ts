import { defined } from '../../../shared/objects/defined.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { type Acting, changeOrder } from './change-order.ts';
import type { Order, Slip } from './order.ts';
import { readPlanFacts } from './read-plan-facts.ts';
import { confirmSlip as confirm } from './take-payment.ts';

/** A slip of an order, by its number and, where several channels told one with that number, its channel. */
export interface NamedSlip {
  readonly tenant: string;
  readonly no: string;
  readonly transactionId: string;
  readonly channelId?: string;
}

/**
 * Confirms a slip (复核), by another client than the one who told it; confirmed again it changes nothing. Problems:
 * `settlement/order-not-found`, `settlement/payment-not-found`, `settlement/payment-ambiguous`, `settlement/slip-decided`,
 * `settlement/second-person-required`; and those of decideAndWrite.
 */
export async function confirmSlip(store: SettlementStore, named: NamedSlip, on: Acting): Promise<Order> {
  return changeOrder(
    store,
    named,
    async (order) => {
      const slip = findSlip(order, named);
      if (slip === 'CONFIRMED') return order;
      if (slip.refused) throw decided('REFUSED', `It was refused: ${slip.refused.reason}`);
      if (slip.toldBy === on.cause.client) {
        const detail = `${slip.toldBy} told this slip, so another one confirms it.`;
        throw problems['second-person-required'].with({ detail, toldBy: slip.toldBy });
      }
      return confirm(order, slip, await readPlanFacts(store, order, { channelId: slip.channelId }), on.at);
    },
    on,
  );
}

/**
 * Refuses a slip that was found wrong, also by who told it; it stays on the order, with why. Refused again it changes nothing.
 * Problems: as of confirmSlip, but for `settlement/second-person-required`.
 */
export async function refuseSlip(store: SettlementStore, named: NamedSlip, reason: string, on: Acting): Promise<Order> {
  return changeOrder(
    store,
    named,
    (order) => {
      const slip = findSlip(order, named);
      if (slip === 'CONFIRMED') throw decided('CONFIRMED', 'It was confirmed, and its money counts.');
      if (slip.refused) return order;
      const refused = { at: on.at, by: on.cause.client, reason };
      return { ...order, slips: order.slips.map((one) => (one === slip ? { ...one, refused } : one)) };
    },
    on,
  );
}

/** The one that is open; where none is, what the last was decided. */
function findSlip({ no, slips, payments }: Order, { transactionId, channelId }: NamedSlip): Slip | 'CONFIRMED' {
  const isNamed = (one: Pick<Slip, 'channelId' | 'transactionId'>) =>
    one.transactionId === transactionId && (channelId ?? one.channelId) === one.channelId;
  const named = slips.filter(isNamed);
  const open = named.filter(({ refused }) => !refused);
  const [first, second] = open;
  if (second) {
    const channels = open.map((one) => one.channelId);
    throw problems['payment-ambiguous'].with({ detail: `${channels.join(' and ')} told ${transactionId}.`, channels });
  }
  if (first) return first;
  if (payments.some(isNamed)) return 'CONFIRMED';
  const last = named.at(-1);
  if (last) return last;
  const detail = `No slip ${transactionId} was told of order ${no}.`;
  throw problems['payment-not-found'].with({ detail, ...defined({ channelId }) });
}

function decided(state: 'CONFIRMED' | 'REFUSED', detail: string) {
  return problems['slip-decided'].with({ detail, state });
}
