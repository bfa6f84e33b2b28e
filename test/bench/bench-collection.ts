import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { together } from '../../functions/collection/batches/ledger-together.ts';
import { channelToPlain } from '../../functions/collection/channels/channel-items.ts';
import { gatewayOf } from '../../functions/collection/gateway/gateway-of.ts';
import { keys } from '../../functions/collection/keys.ts';
import type { Mandate } from '../../functions/collection/mandates/mandate.ts';
import { mandateToPlain } from '../../functions/collection/mandates/mandate-items.ts';
import { service as collection } from '../../functions/collection/service.ts';
import { collectionStore } from '../../functions/collection/store.ts';
import type { CollectionTools } from '../../functions/collection/tools.ts';
import { endHeld, holdOrders } from '../../functions/ledger/hold-transfers.ts';
import { openAccountUnderName } from '../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../functions/ledger/read-accounts.ts';
import { recordIdOfName } from '../../functions/ledger/record-name.ts';
import { service as ledger } from '../../functions/ledger/service.ts';
import { type LedgerStore, ledgerStore } from '../../functions/ledger/store.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { createTables, localAccess, planTables } from '../../infra/local/tables.ts';
import { chinaStateCouncil } from '../../shared/calendar/china-state-council.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { benchNow } from './bench-ledger.ts';

/** Collection with a ledger and the sandbox bank, on an engine of its own, in memory. */
export interface BenchCollection {
  /** Everything that is measured writes through it. */
  readonly client: DynamoDBClient;
  /** What only prepares and looks on. */
  readonly aside: DynamoDBClient;
  readonly table: string;
  readonly ledgerTable: string;
  readonly books: LedgerStore;
  readonly tools: CollectionTools;
  stop(): Promise<void>;
}

/** As long as those of real callers. */
export const benchCause = {
  client: 'treasury-workstation-01',
  role: 'treasurer',
  requestId: '0f8fad5b-d9cb-469f-a165-70867728950e',
};

export async function startBenchCollection(): Promise<BenchCollection> {
  const engine = await startEngine();
  const tables = await createTables(engine.endpoint, await planTables([ledger, collection]), (name) => `bench-${name}`);
  const nameOf = (service: string) => tables.find((table) => table.service === service)?.name ?? '';
  const client = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const aside = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const books = ledgerStore(client, nameOf('ledger'));
  const store = collectionStore(client, nameOf('collection'));
  const stop = async () => {
    client.destroy();
    aside.destroy();
    await engine.stop();
  };
  const tools: CollectionTools = {
    store,
    ledger: together(ledgerOn(books)),
    gatewayOf: (channel) => gatewayOf(channel, { store, outbox: {} as never }),
    calendar: chinaStateCouncil,
    hashNumber: (number) => number,
  };
  return { client, aside, table: nameOf('collection'), ledgerTable: nameOf('ledger'), books, tools, stop };
}

function ledgerOn(books: LedgerStore): CollectionTools['ledger'] {
  return {
    readAccounts: (tenant, ids) => readLedgerAccounts(books, tenant, ids),
    openAccountOnce: (tenant, request, at) => openAccountUnderName(books, tenant, request, at),
    holdTransfers: (tenant, orders, at) => holdOrders(books, tenant, orders, at),
    endHolds: (tenant, endings, at) => endHeld(books, tenant, endings, at),
    postTransfers: (tenant, orders, at, options) => postOrders(books, tenant, orders, at, options),
    transferIdOf: (tenant, ...name) => recordIdOfName(tenant, name),
  };
}

/** A bank channel and active mandates with limits, their agreement numbers counted from 0. */
export async function writeMandates(bench: BenchCollection, tenant: string, count: number): Promise<void> {
  const writer = batchWriter(bench.aside, bench.table);
  const at = benchNow.toISOString();
  const creditor = { name: '华东集团有限公司', number: '32001881236052500001', bank: { cnaps: '105100000017' } };
  const channel = { channel: 'SANDBOX', creditor, initiatingParty: {}, characters: 'UNICODE' } as const;
  await writer.put(channelToPlain({ tenant, version: 1, changedAt: at, changedBy: benchCause, ...channel }));
  for (let n = 0; n < count; n++) {
    const mandate = benchMandate(tenant, n, at);
    await writer.put(mandateToPlain(mandate));
    const agreement = keys.agreement(tenant, mandate.agreementNumber);
    await writer.put({ ...agreement, kind: 'AGREEMENT', mandateId: mandate.id });
  }
  await writer.finish();
}

export function agreementNumber(n: number): string {
  return `XY-2026-${String(n).padStart(6, '0')}`;
}

function benchMandate(tenant: string, n: number, at: string): Mandate {
  return {
    id: deriveId('man', tenant, String(n)),
    tenant,
    agreementNumber: agreementNumber(n),
    payer: {
      name: `江南第${n}机械厂`,
      // Never one of the endings by which the sandbox bank does not simply settle.
      account: { type: 'ACCOUNT', number: `320018812360525${5_000_000 + n}99`, bank: { cnaps: '102100099996' } },
    },
    currency: 'CNY',
    limits: { perTransaction: 50_000_00n, daily: 1_000_000_00n, monthly: 10_000_000_00n },
    ...{ signedOn: '2025-12-20', validFrom: '2026-01-01', sequence: 'FRST', references: {} },
    retries: { when: 'SET_DAYS', days: [1, 3, 7], time: '10:00', partial: true },
    ...{ state: 'ACTIVE', revision: 1, createdAt: at, changedAt: at, cause: benchCause },
  };
}
