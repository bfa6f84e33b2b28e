import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { Centre } from '../centres/centre.ts';
import { readPairs, readParticipantsOf } from '../centres/read-participants.ts';
import { queuedPaymentIdOf } from '../keys.ts';
import type { QueueEntry } from '../queued-payments/kept-payment.ts';
import type { NettingTools } from '../tools.ts';
import type { QueueWorld } from './decide-round.ts';
import { type LimitsLeft, limitsLeft } from './limits-left.ts';
import type { Barred, QueueHead } from './resolution.ts';
import type { DaySum } from './resolution-lines.ts';
import { accountIdOf, usableAccounts } from './usable-accounts.ts';

/** What a queue of a centre is resolved by, read now. */
export async function readSituation(
  { store, ledger }: Pick<NettingTools, 'store' | 'ledger'>,
  centre: Centre,
  currency: string,
  head: QueueHead,
  barred: readonly Barred[],
  now: Date,
): Promise<QueueWorld> {
  const { tenant, id: centreId } = centre;
  const entries = await store.readQueue(tenant, { centreId, currency });
  const parties = partiesOf(entries);
  const [participants, { excludedPairs }] = await Promise.all([
    readParticipantsOf(store, centre, parties),
    readPairs(store, centre),
  ]);
  const accountIds = [...participants.values()].flatMap((one) => accountIdOf(one, currency) ?? []);
  const accounts = await ledger.readAccounts(tenant, accountIds);
  const usable = usableAccounts(participants.values(), accounts, currency, barred);
  const { limits } = await readLimits(store, centre, currency, head, parties, now);
  const idOf = ({ reference }: QueueEntry) => queuedPaymentIdOf(tenant, centreId, reference);
  return { entries, usable, limits, excludedPairs, idOf };
}

/** What of the limits of some participants is left today, and what they gave and got today. */
export async function readLimits(
  store: NettingTools['store'],
  centre: Centre,
  currency: string,
  head: QueueHead,
  parties: ReadonlySet<string>,
  now: Date,
): Promise<{ readonly limits: LimitsLeft; readonly sums: readonly DaySum[]; readonly today: string }> {
  const today = businessDateOf(now, centre.schedule.zone);
  const [participants, { bilateralLimits }] = await Promise.all([
    readParticipantsOf(store, centre, parties),
    readPairs(store, centre),
  ]);
  const { day } = head;
  const isToday = day !== undefined && day.date === today;
  const sums = isToday ? ((await store.readList(centre.tenant, day.resolutionId, day.sums)) as DaySum[]) : [];
  return { limits: limitsLeft(participants.values(), bilateralLimits, currency, sums), sums, today };
}

export function partiesOf(entries: Iterable<Pick<QueueEntry, 'payer' | 'payee'>>): Set<string> {
  const parties = new Set<string>();
  for (const { payer, payee } of entries) parties.add(payer).add(payee);
  return parties;
}
