import type { Centre } from '../../../functions/netting/centres/centre.ts';
import type { NewCentre } from '../../../functions/netting/centres/keep-centre.ts';
import type { Participant } from '../../../functions/netting/centres/participant.ts';
import type { Cycle } from '../../../functions/netting/cycles/cycle.ts';
import type { AskedObligation, Obligation } from '../../../functions/netting/obligations/obligation.ts';

export const cause = { client: 'test', role: 'treasurer', requestId: 'test' };
/** A Tuesday, ten in the morning in Shanghai. */
export const at = '2026-03-31T02:00:00.000Z';
export const on = { at, cause };

export function aParticipant(id: string, more: Partial<Participant> = {}): Participant {
  return { id, name: `${id} Ltd`, state: 'ACTIVE', accounts: [], netDebitLimits: [], identities: [], ...more };
}

/** Cut off at five on each working day, confirmed until noon of the next. */
export const facts: NewCentre['facts'] = {
  tenant: 'demo',
  id: 'ctr_group',
  name: '集团轧差中心',
  legalEntity: '禹道集团财务有限公司',
  homeCurrency: 'CNY',
  currencies: ['CNY', 'EUR'],
  mode: 'MULTILATERAL',
  payments: 'THROUGH_CENTRE',
  settlement: 'EACH_CURRENCY',
  rateDaysMax: 7,
  schedule: {
    zone: 'Asia/Shanghai',
    calendar: 'CN_STATE_COUNCIL',
    days: { kind: 'DAILY' },
    cutOff: '17:00',
    confirmation: { workingDays: 1, time: '12:00' },
    valueDays: 2,
  },
  minimumPayments: [],
  unconfirmed: 'INCLUDED',
  sources: [],
};

export const noPairs = { bilateralLimits: [], excludedPairs: [] };

export function aNewCentre(
  tenant: string,
  participants = ['A', 'B', 'C', 'D'].map((id) => aParticipant(id)),
): NewCentre {
  return { facts: { ...facts, tenant }, pairs: noPairs, participants };
}

export function aCentre(more: Partial<Centre> = {}): Centre {
  return { ...facts, blocks: {}, participantCount: 0, revision: 1, changedAt: at, cause, ...more };
}

export function aCycle(more: Partial<Cycle> = {}): Cycle {
  return {
    ...{ tenant: 'demo', id: 'cyc_group_2026-03-31', centreId: 'ctr_group', cutOffDate: '2026-03-31' },
    ...{ cutOffAt: '2026-03-31T09:00:00.000Z', confirmUntil: '2026-04-01T04:00:00.000Z', valueDate: '2026-04-02' },
    ...{ state: 'OPEN', openedAt: at, revision: 1, changedAt: at, cause },
    ...more,
  };
}

/** A owes B 120.00 yuan. */
export function anAsked(reference: string, more: Partial<AskedObligation> = {}): AskedObligation {
  const owed = { payer: 'A', payee: 'B', currency: 'CNY', amount: 12_000n } as const;
  return { reference, ...owed, date: '2026-03-31', isDateTold: true, ...more };
}

export function anObligation(more: Partial<Obligation> = {}): Obligation {
  const { isDateTold: _, ...content } = anAsked('R-1');
  return {
    ...{ tenant: 'demo', id: 'obl_1', centreId: 'ctr_group', ...content, state: 'UNCONFIRMED' },
    ...{ cycleId: 'cyc_group_2026-03-31', gate: 3, revision: 1, createdAt: at, changedAt: at, cause },
    ...more,
  };
}
