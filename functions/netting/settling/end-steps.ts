import { planBankPayments } from '../bank-payments/plan-bank-payments.ts';
import { silenceEnds } from '../closing/ask-closing.ts';
import { advance } from '../cycles/advance.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { endHoldsOneWay } from '../end-holds.ts';
import { begunTelling } from '../telling/next-telling.ts';
import type { CycleTools } from '../tools.ts';
import { settlementName } from './hold-orders.ts';
import { askForSlice } from './hold-steps.ts';
import { readLegs } from './read-legs.ts';
import type { HeldPart, Settling } from './settling.ts';
import { silenceAfter } from './times.ts';

/**
 * Posts some of what is set aside: first all that is paid in, then what the centre pays out. When all is posted, and it is known
 * which banks are to be told, the cycle is SETTLED, in one write.
 */
export async function postStep(tools: CycleTools, cycle: Cycle, settling: Settling, now: Date) {
  const { held, ended } = settling;
  if (ended >= 2 * held.length) return settle(tools, cycle, settling, now);
  const isOut = ended >= held.length ? 1 : 0;
  const parts = await readList(tools, cycle, settling, ended % held.length);
  await end(
    tools,
    cycle,
    parts.filter((part) => part[1] === isOut),
    'POST',
    now,
  );
  return advance(
    tools.store,
    cycle,
    { settling: { ...settling, ended: ended + 1, askAgainAt: silenceAfter(now) } },
    now,
  );
}

async function settle(tools: CycleTools, { settling: _, ...cycle }: Cycle, settling: Settling, now: Date) {
  const { store } = tools;
  const toBank = new Map<number, string>();
  for (let list = 0; list < settling.held.length; list++) {
    for (const part of await readList(tools, cycle, settling, list)) {
      for (const [place, accountId] of part[3]) toBank.set(place, accountId);
    }
  }
  const legs = toBank.size === 0 ? [] : await readLegs(store, cycle);
  const going = legs.flatMap((leg) => {
    const accountId = toBank.get(leg.place);
    return accountId === undefined ? [] : [{ ...leg, accountId }];
  });
  const bankPayments = going.length > 0 ? await planBankPayments(tools, cycle, going, now) : undefined;
  const settledAt = now.toISOString();
  const changes = { state: 'SETTLED' as const, settledAt, ...(bankPayments && { bankPayments }) };
  return advance(store, cycle, changes, now, begunTelling(cycle, 'SETTLED', now));
}

/**
 * Gives free what is set aside, some of it at a time; then the cycle is closed anew without those that are left out. What was asked
 * of the ledger and is not known to be set aside is asked for once more: then it is known, and no late request can set it aside.
 */
export async function releaseStep(tools: CycleTools, cycle: Cycle, settling: Settling, now: Date) {
  const { store } = tools;
  const askAgainAt = silenceAfter(now);
  if (settling.plan) {
    const { plan: _, ...known } = { ...settling, ...(await askForSlice(tools, cycle, settling, now)) };
    return advance(store, cycle, { settling: { ...known, askAgainAt } }, now);
  }
  const { held, ended, leaveOut = [] } = settling;
  if (ended < held.length) {
    await end(tools, cycle, await readList(tools, cycle, settling, ended), 'VOID', now);
    return advance(store, cycle, { settling: { ...settling, ended: ended + 1, askAgainAt } }, now);
  }
  return advance(store, ...closedAnew(cycle, leaveOut, now), now);
}

/** A cycle that nothing is set aside for, as it is closed anew: what an earlier closing has moved or carried stays where it is. */
export function closedAnew(
  { settling: _s, result, closedAt: _c, settleFrom: _f, ...cycle }: Cycle,
  leaveOutParticipants: readonly string[],
  now: Date,
): [before: Cycle, changes: Partial<Cycle>] {
  if (!result) throw new Error(`The cycle ${cycle.id} has no figures.`);
  const at = now.toISOString();
  const { attempt, blocks } = result;
  const earlier = [
    ...(cycle.earlier ?? []),
    { attempt, moved: blocks.MOVED, carried: blocks.CARRIED, leaveOut: leaveOutParticipants },
  ];
  const closing = {
    ...{ state: 'NETTING' as const, askedAt: at, leaveOut: [], leaveOutParticipants, turn: 1, attempt },
    ...{ blocksMoved: 0, blocksCarried: 0, askAgainAt: silenceEnds(at) },
  };
  return [cycle, { state: 'CONFIRMING', earlier, closing }];
}

async function end(tools: CycleTools, cycle: Cycle, parts: readonly HeldPart[], how: 'POST' | 'VOID', now: Date) {
  const { tenant, revision: attempt, cause } = cycle;
  const { ledger } = tools;
  await endHoldsOneWay(
    { ledger, tenant, name: settlementName(cycle), attempt, cause, now },
    parts.map(([pendingId]) => pendingId),
    how,
  );
}

async function readList({ store }: CycleTools, { tenant, id }: Cycle, { held }: Settling, place: number) {
  const list = held[place];
  return list ? ((await store.readList(tenant, id, list)) as HeldPart[]) : [];
}
