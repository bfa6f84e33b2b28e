import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Command, MakeTransfer } from '../../functions/ledger/commands.ts';
import { openAccount } from '../../functions/ledger/open-account.ts';
import { service } from '../../functions/ledger/service.ts';
import { type LedgerStore, ledgerStore } from '../../functions/ledger/store.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { createTables, localAccess, planTables } from '../../infra/local/tables.ts';
import { deriveId } from '../../shared/identifiers/id.ts';

/** A ledger on an engine of its own, in memory. */
export interface BenchLedger {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  readonly store: LedgerStore;
  stop(): Promise<void>;
}

export const benchNow = new Date('2026-03-02T01:00:00Z');

/** As long as those of real callers: a client's name, a UUID, a hex digest. */
const cause = {
  client: 'treasury-workstation-01',
  role: 'treasurer',
  requestId: '0f8fad5b-d9cb-469f-a165-70867728950e',
};
const fingerprint = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export async function startBenchLedger(): Promise<BenchLedger> {
  const engine = await startEngine();
  const [table] = await createTables(engine.endpoint, await planTables([service]), () => 'bench-ledger');
  const client = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const stop = async () => {
    client.destroy();
    await engine.stop();
  };
  return { endpoint: engine.endpoint, client, store: ledgerStore(client, table?.name ?? ''), stop };
}

export async function openBenchAccount(store: LedgerStore, tenant: string, name: string, hot = false): Promise<string> {
  const account = {
    currency: 'CNY',
    holder: '禹道贸易有限公司',
    name,
    purpose: 'GENERAL',
    hot,
    references: {},
  } as const;
  const constraint = { type: 'NONE' } as const;
  const id = deriveId('tr', tenant, `open ${name}`);
  return await openAccount(store, tenant, { id, fingerprint, cause, account, constraint }, benchNow);
}

/** A transfer with what real ones carry: a description and two references. */
export function benchTransfer(tenant: string, key: string, from: string, to: string): MakeTransfer {
  return {
    command: 'TRANSFER',
    id: deriveId('tr', tenant, key),
    fingerprint,
    cause,
    mode: 'POSTED',
    legs: [{ debitAccountId: from, creditAccountId: to, amount: 123_456n, currency: 'CNY' }],
    description: 'Sale at the counter',
    references: { orderNo: 'SO-2026-0317', store: 'Beijing 7' },
  };
}

export function benchPost(tenant: string, key: string, pendingId: string): Command {
  return { command: 'POST', id: deriveId('tr', tenant, key), fingerprint, cause, pendingId, amounts: [] };
}

export function benchReversal(tenant: string, key: string, transferId: string): Command {
  return { command: 'REVERSE', id: deriveId('tr', tenant, key), fingerprint, cause, transferId };
}
