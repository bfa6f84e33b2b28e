import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LedgerAccount } from '../../../functions/ledger/published.ts';
import type { Centre } from '../../../functions/netting/centres/centre.ts';
import { createCentre, type NewCentre } from '../../../functions/netting/centres/keep-centre.ts';
import { gateCount } from '../../../functions/netting/cycles/cycle.ts';
import { addObligations, type Draft } from '../../../functions/netting/obligations/add-obligations.ts';
import type { AskedObligation } from '../../../functions/netting/obligations/obligation.ts';
import type { CycleLine } from '../../../functions/netting/obligations/obligation-items.ts';
import { type NettingStore, nettingStore } from '../../../functions/netting/store.ts';
import type { ClosingTools, NettingTools } from '../../../functions/netting/tools.ts';
import { problems as rateProblems } from '../../../functions/rates/problems.ts';
import type { KeyClaim } from '../../../shared/http/key-claim.ts';
import type { Ratio } from '../../../shared/money/convert.ts';
import { aNewCentre, at, cause, on } from '../../functions/netting/intake-samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export interface TestNetting {
  readonly client: DynamoDBClient;
  readonly store: NettingStore;
  readonly tools: NettingTools & ClosingTools;
  /** Yuan for one of a currency, on any day. */
  readonly rates: Map<string, Ratio>;
  /** Accounts of the ledger that there are. */
  readonly accounts: Map<string, LedgerAccount>;
  /** Another process on the same table. */
  another(): { readonly client: DynamoDBClient; readonly store: NettingStore };
  /** Every item of the table as text, by key. */
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

let tables = 0;

/** A table of its own on an engine, beside a ledger that knows some accounts. */
export async function nettingOnEngine({ endpoint }: TestEngine): Promise<TestNetting> {
  tables += 1;
  const names = await createTables(endpoint, `n${process.pid}_${Math.floor(performance.now())}_${tables}`);
  const table = names.TABLE_NETTING ?? '';
  const clients: DynamoDBClient[] = [];
  const another = () => {
    const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
    clients.push(client);
    return { client, store: nettingStore(client, table) };
  };
  const { client, store } = another();
  const accounts = new Map<string, LedgerAccount>();
  const ledger: NettingTools['ledger'] = {
    readAccounts: async (_, ids) =>
      new Map([...ids].flatMap((id) => accounts.get(id) ?? []).map((one) => [one.id, one])),
  };
  const rates = new Map<string, Ratio>();
  const rateBetween: ClosingTools['rateBetween'] = async (_, set, date, base, quote) => {
    const rate = rates.get(base);
    if (rate) return { ...rate, date };
    throw rateProblems['rate-missing'].with({ detail: `No rate ${base}/${quote} in ${set} on ${date}.` });
  };
  return {
    ...{ client, store, tools: { store, ledger, rateBetween }, accounts, rates, another },
    snapshot: () => snapshotOf(client, table),
    close: () => {
      for (const one of clients) one.destroy();
    },
  };
}

export function claimOf(id: string, key = id, fingerprint = key): KeyClaim {
  return { operation: 'createNettingCentre', key, fingerprint, id, at, cause };
}

/** The centre of the samples, of a tenant. */
export function keepCentre(own: TestNetting, tenant: string, asked: NewCentre = aNewCentre(tenant)): Promise<Centre> {
  return createCentre(own.tools, asked, claimOf('ctr_group'));
}

export const draftOf = (asked: AskedObligation, moment: string = on.at, requestId = 'test'): Draft => ({
  ...{ asked, at: moment, cause: { ...cause, requestId } },
});

/** All at once, in one request. */
export function add(store: NettingStore, centre: Centre, asked: readonly AskedObligation[], moment = on.at) {
  return addObligations(
    store,
    centre,
    asked.map((one) => draftOf(one, moment)),
  );
}

/** Every line of a cycle, and how many its gates have counted. */
export async function linesOf(store: NettingStore, tenant: string, cycleId: string) {
  const lines: CycleLine[] = [];
  let counted = 0;
  for (let gate = 0; gate < gateCount; gate++) {
    counted += await store.readLineCount(tenant, cycleId, gate);
    for (let after: string | undefined; ; ) {
      const items = await store.readLines(tenant, cycleId, gate, after, 50);
      lines.push(...items.flatMap((item) => item.lines));
      after = items.at(-1)?.sk;
      if (items.length < 50) break;
    }
  }
  return { lines, counted };
}
