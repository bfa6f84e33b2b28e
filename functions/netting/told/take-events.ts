import type { DomainEvent } from '../../../shared/events/event.ts';
import { writeLog } from '../../../shared/http/log.ts';
import type { OrderAccounts } from '../../collection/published.ts';
import type { NettingStore } from '../store.ts';
import { readEvent, type ToldOfOrder } from './read-event.ts';
import { type TakenAs, takeTold } from './take-told.ts';
import type { Told } from './told.ts';

export interface ToldTools {
  readonly store: NettingStore;
  readonly accountsOfOrder: (tenant: string, orderId: string) => Promise<OrderAccounts | undefined>;
}

/**
 * Takes the obligations that events of other capabilities tell of, those of a batch together. Answers the events that failed, each
 * with why. What is no obligation of a centre is counted, and no more.
 */
export async function takeEvents(
  tools: ToldTools,
  events: readonly DomainEvent[],
  now: Date,
): Promise<Map<DomainEvent, unknown>> {
  const failed = new Map<DomainEvent, unknown>();
  const read = new Map<DomainEvent, Told>();
  const counts: Partial<Record<TakenAs, number>> = {};
  const count = (as: TakenAs) => {
    counts[as] = (counts[as] ?? 0) + 1;
  };
  for (const event of events) {
    try {
      const told = await toldBy(tools, event);
      if (told) read.set(event, told);
      else count('NO_OBLIGATION');
    } catch (error) {
      count('FAILED');
      failed.set(event, error);
    }
  }
  const taken = await takeTold(tools.store, [...read.values()], now);
  for (const [place, event] of [...read.keys()].entries()) {
    const { as, error } = taken[place] ?? { as: 'FAILED', error: new Error('Nothing became of it.') };
    count(as);
    if (as === 'FAILED') failed.set(event, error);
  }
  writeLog({ level: 'INFO', message: 'told obligations taken', ...counts });
  return failed;
}

async function toldBy(tools: ToldTools, event: DomainEvent): Promise<Told | undefined> {
  const read = readEvent(event);
  return read && 'orderId' in read ? ofOrder(tools, read) : read;
}

/** Who collected owes what came to the one for whom it did, and is owed what went back. */
async function ofOrder({ accountsOfOrder }: ToldTools, read: ToldOfOrder): Promise<Told> {
  const { orderId, beneficiary: value, wentBack, ...told } = read;
  const accounts = await accountsOfOrder(told.tenant, orderId);
  if (!accounts) throw new Error(`The collection has no order ${orderId}.`);
  const collector = { as: 'ACCOUNT', value: accounts.creditAccountId } as const;
  const beneficiary = { as: 'BENEFICIARY', value } as const;
  return wentBack
    ? { ...told, payer: beneficiary, payee: collector }
    : { ...told, payer: collector, payee: beneficiary };
}
