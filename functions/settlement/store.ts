import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { bookedStore } from './store-booked.ts';
import { channelFileStore } from './store-channel-files.ts';
import { channelStore } from './store-channels.ts';
import { closingStore } from './store-closings.ts';
import { comparisonStore } from './store-comparisons.ts';
import { dayStore } from './store-days.ts';
import { journalStore } from './store-journal.ts';
import { keyStore } from './store-keys.ts';
import { marketOrderStore } from './store-market-orders.ts';
import { marketStore } from './store-markets.ts';
import { merchantStore } from './store-merchants.ts';
import { movedLinesStore } from './store-moved-lines.ts';
import { orderStepStore } from './store-order-steps.ts';
import { orderStore } from './store-orders.ts';
import { proofStore } from './store-proofs.ts';
import { retryStore } from './store-retries.ts';
import { ruleStore } from './store-rules.ts';
import { runStore } from './store-runs.ts';
import { settlementsStore } from './store-settlements.ts';
import { splitSumStore } from './store-split-sums.ts';
import { sumStore } from './store-sums.ts';
import { templateStore } from './store-templates.ts';
import { totalStore } from './store-totals.ts';
import { underWayStore } from './store-under-way.ts';
import { waitingStore } from './store-waiting.ts';

export type SettlementStore = ReturnType<typeof settlementStore>;

/** Every DynamoDB expression of settlement, but those by which the journal is written and booked. */
export function settlementStore(client: DynamoDBClient, table: string) {
  return {
    ...keyStore(client, table),
    ...channelStore(client, table),
    ...marketStore(client, table),
    ...merchantStore(client, table),
    ...ruleStore(client, table),
    ...orderStore(client, table),
    ...dayStore(client, table),
    ...waitingStore(client, table),
    ...orderStepStore(client, table),
    ...runStore(client, table),
    ...settlementsStore(client, table),
    ...sumStore(client, table),
    ...templateStore(client, table),
    ...channelFileStore(client, table),
    ...comparisonStore(client, table),
    ...totalStore(client, table),
    ...proofStore(client, table),
  };
}

export type ComparingStore = ReturnType<typeof comparingStore>;

/** With what tells what was booked of a day, and under which names. */
export function comparingStore(client: DynamoDBClient, table: string) {
  return { ...settlementStore(client, table), ...bookedStore(client, table) };
}

export type ProvingStore = ReturnType<typeof provingStore>;

/** With what reads all orders of a market, and keeps closing figures. */
export function provingStore(client: DynamoDBClient, table: string) {
  return { ...settlementStore(client, table), ...marketOrderStore(client, table), ...closingStore(client, table) };
}

export type ResumingStore = ReturnType<typeof resumingStore>;

/** With what lists all that is under way in the background. */
export function resumingStore(client: DynamoDBClient, table: string) {
  return { ...settlementStore(client, table), ...underWayStore(client, table) };
}

export type JournalingStore = ReturnType<typeof journalingStore>;

/** With what writes the journal and books, now or later: what serves the API carries nothing of it. */
export function journalingStore(client: DynamoDBClient, table: string) {
  return {
    ...settlementStore(client, table),
    ...journalStore(client, table),
    ...movedLinesStore(client, table),
    ...splitSumStore(client, table),
    ...retryStore(client, table),
  };
}

let store: SettlementStore | undefined;
let comparing: ComparingStore | undefined;
let proving: ProvingStore | undefined;
let resuming: ResumingStore | undefined;
let journaling: JournalingStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): SettlementStore {
  store ??= settlementStore(dynamo(), requireEnvironment('TABLE_SETTLEMENT'));
  return store;
}

/** That of a process which compares days. */
export function defaultComparingStore(): ComparingStore {
  comparing ??= comparingStore(dynamo(), requireEnvironment('TABLE_SETTLEMENT'));
  return comparing;
}

/** That of a process which proves markets. */
export function defaultProvingStore(): ProvingStore {
  proving ??= provingStore(dynamo(), requireEnvironment('TABLE_SETTLEMENT'));
  return proving;
}

/** That of a process which hands on what broke off. */
export function defaultResumingStore(): ResumingStore {
  resuming ??= resumingStore(dynamo(), requireEnvironment('TABLE_SETTLEMENT'));
  return resuming;
}

/** That of a process which writes the journal or books. */
export function defaultJournalingStore(): JournalingStore {
  journaling ??= journalingStore(dynamo(), requireEnvironment('TABLE_SETTLEMENT'));
  return journaling;
}
