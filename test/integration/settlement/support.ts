import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LedgerAccount, OpeningRequest } from '../../../functions/ledger/published.ts';
import { type SettlementStore, settlementStore } from '../../../functions/settlement/store.ts';
import type { SettlementTools } from '../../../functions/settlement/tools.ts';
import type { KeyClaim } from '../../../shared/http/key-claim.ts';
import { at, cause } from '../../functions/settlement/samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export interface TestSettlement {
  readonly store: SettlementStore;
  readonly tools: SettlementTools;
  /** What was asked of the ledger to open, by name. */
  readonly opened: ReadonlyMap<string, OpeningRequest>;
  /** Accounts of the ledger that there are besides. */
  readonly accounts: Map<string, LedgerAccount>;
  /** Every item of the table as text, by key. */
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

let tables = 0;

/** A table of its own on an engine, beside a ledger that opens accounts once per name. */
export async function settlementOnEngine({ endpoint }: TestEngine): Promise<TestSettlement> {
  tables += 1;
  const names = await createTables(endpoint, `s${process.pid}_${Math.floor(performance.now())}_${tables}`);
  const table = names.TABLE_SETTLEMENT ?? '';
  const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  const store = settlementStore(client, table);
  const opened = new Map<string, OpeningRequest>();
  const accounts = new Map<string, LedgerAccount>();
  const ledger: SettlementTools['ledger'] = {
    openAccountOnce: async (tenant, request) => {
      const name = [tenant, ...request.name].join(' ');
      if (!opened.has(name)) opened.set(name, request);
      return `acc of ${name}`;
    },
    readAccounts: async (_, ids) =>
      new Map([...ids].flatMap((id) => accounts.get(id) ?? []).map((one) => [one.id, one])),
  };
  return {
    ...{ store, tools: { store, ledger }, opened, accounts },
    snapshot: () => snapshotOf(client, table),
    close: () => client.destroy(),
  };
}

export function claimOf(operation: string, key: string, id: string, fingerprint = key): KeyClaim {
  return { operation, key, fingerprint, id, at, cause };
}
