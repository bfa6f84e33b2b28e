import * as z from 'zod';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { readNetted } from '../../../shared/events/netted.ts';
import { findMarket } from '../markets/keep-market.ts';
import { findMerchant } from '../merchants/keep-merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { bookNetted } from './book-outcomes.ts';
import { type PaidByCycle, placedInNetting, settlementAfterNetting } from './netted-settlement.ts';
import type { NettingPlace, Settlement } from './settlement.ts';

type Tools = Pick<PayoutTools, 'store' | 'ledger'>;

const ownSource = 'PAYOUTS';

const cutOffType = 'netting.obligations-cut-off.v1';
const movedType = 'netting.obligation-moved.v1';
const withdrawnType = 'netting.obligation-withdrawn.v1';
const settledType = 'netting.obligations-settled.v1';
/** The events that are taken. */
export const nettingTypes: readonly string[] = [cutOffType, movedType, withdrawnType, settledType];

const cutOff = z.object({
  cycleId: z.string(),
  source: z.string(),
  obligations: z.array(z.object({ subject: z.string(), version: z.int() })),
});
const obligation = z.object({
  cycleId: z.string(),
  origin: z.object({ source: z.string(), subject: z.string() }).optional(),
  version: z.int(),
});

/**
 * Takes what netting tells of payouts that did not go: that a cycle is to pay them, that it pays nothing of them or a later one does, that
 * they are paid. Of other sources: nothing. Throws RangeError on other events. Told twice or in another order it comes to the same. Throws,
 * after all was tried, where some could not be taken: they are told again.
 */
export async function takeNetting(tools: Tools, event: DomainEvent, now: Date): Promise<void> {
  const failures: unknown[] = [];
  for (const { settlementId, take } of takesOf(tools, event, now)) {
    try {
      const { tenant } = event;
      const settlement = await tools.store.readSettlementById(tenant, settlementId);
      if (!settlement) throw new Error(`There is no settlement ${settlementId}, and it was netted.`);
      await take(settlement);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some of what netting tells could not be taken.');
}

interface Take {
  readonly settlementId: string;
  readonly take: (settlement: Settlement) => Promise<void>;
}

function takesOf(tools: Tools, event: DomainEvent, now: Date): Take[] {
  const placed = (settlementId: string, place: NettingPlace): Take => ({
    settlementId,
    take: (settlement) => keepPlace(tools, settlement, place, now),
  });
  switch (event.type) {
    case cutOffType: {
      const { cycleId, source, obligations } = cutOff.parse(event.data);
      if (source !== ownSource) return [];
      return obligations.map(({ subject, version }) => placed(subject, { cycleId, state: 'CUT_OFF', version }));
    }
    case movedType:
    case withdrawnType: {
      const { cycleId, origin, version } = obligation.parse(event.data);
      const state = event.type === movedType ? 'OPEN' : 'WITHDRAWN';
      return origin?.source === ownSource ? [placed(origin.subject, { cycleId, state, version })] : [];
    }
    case settledType: {
      const netted = readNetted(event, ownSource);
      return (netted?.parts ?? []).map(({ subject, amount }) => {
        const paid = { cycleId: netted?.cycleId ?? '', valueDate: netted?.valueDate ?? '', amount };
        return { settlementId: subject, take: (settlement) => takePaid(tools, settlement, paid, now) };
      });
    }
    default:
      throw new RangeError(`Events ${event.type} are not taken.`);
  }
}

async function keepPlace({ store }: Tools, of: Settlement, place: NettingPlace, now: Date): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readSettlement(of);
    const next = before && placedInNetting(before, place, now);
    return { answer: undefined, ...(next && { write: () => store.replaceSettlement(next) }) };
  });
}

/** What is new of it is noted first, since that depends on what is paid otherwise at the same time. */
async function takePaid(tools: Tools, of: Settlement, paid: PaidByCycle, now: Date): Promise<void> {
  const { store } = tools;
  const { tenant, marketId, merchantId } = of;
  const settlement = await decideAndWrite(async () => {
    const before = await store.readSettlement(of);
    if (!before) throw new Error(`There is no settlement ${of.id}.`);
    const next = settlementAfterNetting(before, paid, now);
    return next ? { answer: next, write: () => store.replaceSettlement(next) } : { answer: before };
  });
  const netted = settlement.netted?.find(({ cycleId }) => cycleId === paid.cycleId);
  if (!netted) throw new Error(`The settlement ${of.id} does not say what ${paid.cycleId} paid.`);
  const market = await findMarket(store, tenant, marketId);
  const { payableAccountId } = await findMerchant(store, { tenant }, merchantId);
  await bookNetted(tools, market, { settlement, payableAccountId }, netted, now);
}
