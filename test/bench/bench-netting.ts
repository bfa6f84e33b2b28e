import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { endHeld, holdOrders } from '../../functions/ledger/hold-transfers.ts';
import { openAccountUnderName } from '../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../functions/ledger/read-accounts.ts';
import { service as ledger } from '../../functions/ledger/service.ts';
import { ledgerStore } from '../../functions/ledger/store.ts';
import type { Centre } from '../../functions/netting/centres/centre.ts';
import { createCentre, type NewCentre } from '../../functions/netting/centres/keep-centre.ts';
import type { Participant } from '../../functions/netting/centres/participant.ts';
import { service as netting } from '../../functions/netting/service.ts';
import { nettingStore } from '../../functions/netting/store.ts';
import type { ClosingTools, CycleTools, SettlingTools } from '../../functions/netting/tools.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { createTables, localAccess, planTables } from '../../infra/local/tables.ts';
import { benchCause as cause } from './bench-collection.ts';

/** What cycles are netted and settled with, over a client of its own. */
export interface NettingBench {
  readonly client: DynamoDBClient;
  /** What only looks on. */
  readonly aside: DynamoDBClient;
  readonly table: string;
  readonly tools: ClosingTools & CycleTools & SettlingTools;
}

export const tenant = 'bench';
export const centreId = 'ctr_bench';
/** Of the first cycle: cut off on a Tuesday, without a confirmation, of value on the same day. */
export const cycleId = 'cyc_bench_2026-03-31';
export const morning = new Date('2026-03-31T02:00:00.000Z');
export const afternoon = new Date('2026-03-31T09:00:00.000Z');
export const onAfternoon = { at: afternoon.toISOString(), cause };

export async function onNettingEngine<Answer>(work: (bench: NettingBench) => Promise<Answer>): Promise<Answer> {
  const engine = await startEngine();
  const tables = await createTables(engine.endpoint, await planTables([ledger, netting]), (name) => `bench-${name}`);
  const nameOf = (service: string) => tables.find((one) => one.service === service)?.name ?? '';
  const client = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const aside = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  try {
    const table = nameOf('netting');
    return await work({ client, aside, table, tools: toolsOver(client, table, nameOf('ledger')) });
  } finally {
    client.destroy();
    aside.destroy();
    await engine.stop();
  }
}

function toolsOver(client: DynamoDBClient, table: string, ledgerTable: string): NettingBench['tools'] {
  const books = ledgerStore(client, ledgerTable);
  return {
    store: nettingStore(client, table),
    ledger: {
      readAccounts: (of, ids) => readLedgerAccounts(books, of, ids),
      openAccountOnce: (of, request, now) => openAccountUnderName(books, of, request, now),
      postTransfers: (of, orders, now, options) => postOrders(books, of, orders, now, options),
      holdTransfers: (of, orders, now) => holdOrders(books, of, orders, now),
      endHolds: (of, endings, now) => endHeld(books, of, endings, now),
    },
    rateBetween: async () => {
      throw new Error('Nothing is converted here.');
    },
  };
}

/** A centre that pays through itself, in yuan. */
export function openCentre({ tools }: NettingBench, participants: readonly Participant[]): Promise<Centre> {
  const schedule: NewCentre['facts']['schedule'] = {
    ...{ zone: 'Asia/Shanghai', calendar: 'CN_STATE_COUNCIL', days: { kind: 'DAILY' }, cutOff: '17:00', valueDays: 0 },
  };
  const facts: NewCentre['facts'] = {
    ...{ tenant, id: centreId, name: '轧差中心', legalEntity: '禹道集团财务有限公司', homeCurrency: 'CNY' },
    ...{
      currencies: ['CNY'],
      mode: 'MULTILATERAL',
      payments: 'THROUGH_CENTRE',
      settlement: 'EACH_CURRENCY',
      rateDaysMax: 7,
    },
    ...{ schedule, minimumPayments: [], unconfirmed: 'INCLUDED', sources: [] },
  };
  const claim = { operation: 'createNettingCentre', key: centreId, fingerprint: centreId, id: centreId };
  const pairs = { bilateralLimits: [], excludedPairs: [] };
  return createCentre(tools, { facts, pairs, participants }, { ...claim, at: morning.toISOString(), cause });
}
