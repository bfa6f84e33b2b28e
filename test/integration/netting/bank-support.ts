import { expect } from 'vitest';
import { handOnOpenPayments } from '../../../functions/netting/bank-payments/hand-on-open.ts';
import { listBankPayments } from '../../../functions/netting/bank-payments/list-bank-payments.ts';
import { lookAtPayment } from '../../../functions/netting/bank-payments/look-at-open.ts';
import { findCentre } from '../../../functions/netting/centres/keep-centre.ts';
import type { Participant } from '../../../functions/netting/centres/participant.ts';
import { askClosing } from '../../../functions/netting/closing/ask-closing.ts';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { findCycle } from '../../../functions/netting/cycles/find-cycle.ts';
import type { Owed } from '../../../functions/netting/positions/position.ts';
import { askSettling } from '../../../functions/netting/settling/ask-settling.ts';
import { carryOnSettling } from '../../../functions/netting/settling/carry-on-settling.ts';
import type { BankTools } from '../../../functions/netting/tools.ts';
import { anAsked, aParticipant, cause, on } from '../../functions/netting/intake-samples.ts';
import { tuesday, wednesday } from './closing-support.ts';
import { centreId, type TestQueue } from './queue-support.ts';
import { cycleToolsOf } from './settling-support.ts';
import { add } from './support.ts';

/** A participant that is paid at its bank. */
export const atBank = (id: string, number: string): Participant =>
  aParticipant(id, {
    accounts: [
      {
        ...{ at: 'BANK', currency: 'CNY', name: `${id} Ltd` },
        account: { type: 'ACCOUNT', number, bank: { cnaps: '105100000017' } },
      },
    ],
  });

/** The payments through banks of Tuesday's cycle. */
export async function bankPaymentsOf({ tools: { store } }: TestQueue, tenant: string) {
  const cycle = await findCycle(store, { tenant, cycleId: tuesday });
  return (await listBankPayments(store, cycle, { from: 0, count: 100 })).payments;
}

/** What the job hands on of Tuesday's cycle is looked at. */
export async function lookAtDue(own: TestQueue, tools: BankTools, tenant: string, at: Date): Promise<void> {
  const before = await bankPaymentsOf(own, tenant);
  expect(await handOnOpenPayments(own.tools.store, at)).toEqual([]);
  for (const [place, { id, turn }] of (await bankPaymentsOf(own, tenant)).entries()) {
    if (turn > (before[place]?.turn ?? 0)) await lookAtPayment(tools, tenant, id, at);
  }
}

/** The value date of Wednesday's cycle. */
export const friday = new Date('2026-04-03T01:00:00.000Z');

/** Wednesday's cycle with what is owed, closed on Thursday, as its settlement leaves it on Friday. */
export async function settleWednesday(own: TestQueue, tenant: string, owed: Owed) {
  const { store } = own.tools;
  const which = { tenant, cycleId: wednesday };
  const centre = await findCentre(store, { tenant, centreId });
  await add(store, centre, [anAsked('W-0', { ...owed, date: '2026-04-01' })], '2026-04-01T02:00:00.000Z');
  await cutOff(store, which, on);
  const closing = new Date('2026-04-02T05:00:00.000Z');
  await askClosing(store, which, {}, { at: closing.toISOString(), cause });
  const rateBetween = () => Promise.reject(new Error('Nothing is converted.'));
  await carryOnClosing({ store, rateBetween }, { ...which, stepsMax: 100 }, closing);
  await askSettling(store, which, { at: friday.toISOString(), cause });
  await carryOnSettling(cycleToolsOf(own), { ...which, stepsMax: 100 }, friday);
  return findCycle(store, which);
}
