import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { acceptBatch } from '../../../functions/collection/batches/accept-batch.ts';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { carryOnBatch } from '../../../functions/collection/batches/carry-on.ts';
import { carryOnDue } from '../../../functions/collection/batches/carry-on-due.ts';
import type { ReadLine } from '../../../functions/collection/batches/read-line.ts';
import type { BankChannel } from '../../../functions/collection/channels/bank-channel.ts';
import type { TakeReports } from '../../../functions/collection/gateway/bank-gateway.ts';
import { gatewayOf } from '../../../functions/collection/gateway/gateway-of.ts';
import { giveDueAnswers } from '../../../functions/collection/gateway/sandbox/give-answers.ts';
import type { Mandate } from '../../../functions/collection/mandates/mandate.ts';
import { takeIntoBlocks } from '../../../functions/collection/reports/take-into-block.ts';
import { takeReports } from '../../../functions/collection/reports/take-reports.ts';
import { collectionStore } from '../../../functions/collection/store.ts';
import type { StoredReport } from '../../../functions/collection/store-reports.ts';
import type { CollectionTools, Ledger } from '../../../functions/collection/tools.ts';
import type { Constraint } from '../../../functions/ledger/account.ts';
import { endHeld, holdOrders } from '../../../functions/ledger/hold-transfers.ts';
import { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../../functions/ledger/read-accounts.ts';
import { recordIdOfName } from '../../../functions/ledger/record-name.ts';
import { type LedgerStore, ledgerStore } from '../../../functions/ledger/store.ts';
import { createTables } from '../../../infra/local/tables.ts';
import { chinaStateCouncil } from '../../../shared/calendar/china-state-council.ts';
import { normaliseAccountNumber } from '../../../shared/identifiers/account-number.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { keyedHash } from '../../../shared/identifiers/keyed-hash.ts';
import { aMandate, cause } from '../../functions/collection/mandates/mandates.ts';
import type { TestEngine } from '../../support/engines.ts';
import { localAccess, tablePlans } from '../../support/tables.ts';

export { cause };

/** 10:00 in Shanghai on a Monday that is a working day. */
export const monday = new Date('2026-03-02T02:00:00.000Z');
export const hoursLater = (hours: number) => new Date(monday.getTime() + hours * 3_600_000);

const tenant = 'demo';
const creditor = { name: '华东集团', number: '32001881236052500001', bank: { cnaps: '105100000017' } };

/** One line of a batch: its amount in minor units, and what the bank does to it by the last digits of the payer's account. */
export interface TestLine {
  readonly suffix: string;
  readonly minor: bigint;
  /** Default: one of its own for each line. */
  readonly agreementNumber?: string;
}

/** Collections with a ledger of their own and the sandbox bank, in tables of their own on an engine. */
export interface TestCollections {
  readonly tools: CollectionTools;
  readonly client: DynamoDBClient;
  readonly creditAccountId: string;
  /** What a process works with whose calls go through another client. */
  toolsOver(client: DynamoDBClient): CollectionTools;
  newClient(): DynamoDBClient;
  readonly tables: { readonly collection: string; readonly ledger: string };
  close(): void;
}

let made = 0;

export async function collectionsOn(
  { endpoint }: TestEngine,
  constraint: Constraint = { type: 'NONE' },
): Promise<TestCollections> {
  made += 1;
  const prefix = `k${process.pid}_${Math.floor(performance.now())}_${made}`;
  const plans = tablePlans()
    .filter(({ service }) => service === 'collection' || service === 'ledger')
    .map(({ stream: _, ...plan }) => plan);
  await createTables(endpoint, plans, (service) => `${prefix}-${service}`);
  const tables = { collection: `${prefix}-collection`, ledger: `${prefix}-ledger` };
  const newClient = () => new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  const toolsOver = (client: DynamoDBClient): CollectionTools => {
    const store = collectionStore(client, tables.collection);
    return {
      store,
      ledger: ledgerOn(ledgerStore(client, tables.ledger)),
      gatewayOf: (channel) => gatewayOf(channel, { store, outbox: {} as never }),
      calendar: chinaStateCouncil,
      hashNumber: (number) => keyedHash(normaliseAccountNumber(number), 'test key'),
    };
  };
  const client = newClient();
  const tools = toolsOver(client);
  const channel = { channel: 'SANDBOX', creditor, initiatingParty: {}, characters: 'UNICODE' } as const;
  const put = { tenant, version: 1, changedAt: monday.toISOString(), changedBy: cause };
  await tools.store.writeChannel({ ...channel, ...put });
  const account = { currency: 'CNY', holder: '华东集团', name: 'Main', purpose: 'GENERAL' } as const;
  const opening = { name: ['test', 'main'], account, constraint, cause } as const;
  const creditAccountId = await tools.ledger.openAccountOnce(tenant, opening, monday);
  return { tools, client, creditAccountId, toolsOver, newClient, tables, close: () => client.destroy() };
}

/** What collection calls of the ledger, bound to a store of the test's. */
function ledgerOn(store: LedgerStore): Ledger {
  return {
    readAccounts: (of, ids) => readLedgerAccounts(store, of, ids),
    openAccountOnce: (of, request, at) => openAccountUnderName(store, of, request, at),
    holdTransfers: (of, orders, at) => holdOrders(store, of, orders, at),
    endHolds: (of, endings, at) => endHeld(store, of, endings, at),
    postTransfers: (of, orders, at, options) => postOrders(store, of, orders, at, options),
    transferIdOf: (of, ...name) => recordIdOfName(of, name),
  };
}

/** Puts a channel in place of the one that stands. */
export async function putChannel(
  { tools: { store } }: TestCollections,
  channel: Pick<BankChannel, 'channel' | 'creditor' | 'characters'>,
): Promise<void> {
  const { version = 0 } = (await store.readChannel(tenant)) ?? {};
  const put = { tenant, version: version + 1, changedAt: monday.toISOString(), changedBy: cause };
  await store.writeChannel({ initiatingParty: { name: channel.creditor.name }, ...channel, ...put });
}

/** An active mandate over an account of the sandbox bank, which tries again the next day what found too little. */
export async function agree(
  { tools }: TestCollections,
  agreementNumber: string,
  suffix: string,
  more: Partial<Mandate> = {},
): Promise<Mandate> {
  const account = { type: 'ACCOUNT', number: `3200188123605250${suffix}`, bank: { cnaps: '102100099996' } } as const;
  const id = deriveId('man', tenant, agreementNumber);
  const mandate = aMandate({
    ...{ id, tenant, agreementNumber, payer: { name: '江南机械厂', account } },
    retries: { when: 'SET_DAYS', days: [1], time: '10:00', partial: true },
    ...more,
  });
  const claim = { operation: 'agree', key: agreementNumber, fingerprint: agreementNumber, id, cause };
  await tools.store.createMandate(mandate, { ...claim, at: monday.toISOString() });
  return mandate;
}

export const agreementOf = ({ agreementNumber }: TestLine, place: number) => agreementNumber ?? `XY-${place}`;

/** The mandates that lines go by. */
export async function agreeAll(collections: TestCollections, lines: readonly TestLine[]): Promise<void> {
  const suffixes = new Map(lines.map((line, place) => [agreementOf(line, place), line.suffix]));
  await Promise.all([...suffixes].map(([number, suffix]) => agree(collections, number, suffix)));
}

/** Accepts lines as the batch of a number; again is the same batch. */
export function accept(
  { tools, creditAccountId }: TestCollections,
  lines: readonly TestLine[],
  by = tools,
  now = monday,
  number = 'B1',
): Promise<Batch> {
  const asked = lines.map((line, place): ReadLine => {
    const terms = { agreementNumber: agreementOf(line, place), splitAboveLimit: false, references: {} };
    return { line: place + 1, asked: { line: place + 1, ...terms, amount: line.minor, currency: 'CNY' } };
  });
  const request = { number, creditAccountId, policy: 'CHEAPEST', atomic: true, fingerprint: 'lines' } as const;
  return acceptBatch(by, tenant, request, () => asked, cause, now);
}

export const carryOn = (tools: CollectionTools, batch: Batch, now = monday) => carryOnBatch(tools, batch, now);

/** What the job does that takes up what broke off, and what waited for its day. */
export async function takeUp(tools: CollectionTools, now: Date): Promise<number> {
  const due = await tools.store.readDueBlocks(now.toISOString(), 20);
  const failures = await carryOnDue(tools, now);
  if (failures.length > 0) throw failures[0];
  return due.length;
}

/** The sandbox bank says what is due, and it is taken into the blocks that it is about. */
export async function giveAnswers(tools: CollectionTools, now: Date): Promise<void> {
  await takeIntoBlocks(tools, await askBank(tools, now), now);
}

/** What the sandbox bank has to say by now; it lies in the inbox, and no block has it yet. */
export async function askBank({ store }: CollectionTools, now: Date): Promise<StoredReport[]> {
  const given: StoredReport[] = [];
  const receivedAt = now.toISOString();
  const take: TakeReports = async (of, reports, at) => {
    await takeReports(store, of, reports, at);
    given.push(...reports.map((report) => ({ tenant: of, report, receivedAt })));
  };
  const failures = await giveDueAnswers(store, take, now);
  if (failures.length > 0) throw failures[0];
  return given;
}

/** The reports that have come on the orders of a batch. */
export async function inbox({ store }: CollectionTools, batch: Batch): Promise<StoredReport[]> {
  const blocks = await store.readBlocks(batch);
  const orderIds = blocks.flatMap(({ items }) =>
    items.flatMap(({ tries }) => tries.filter(({ messageId }) => messageId).map(({ orderId }) => orderId)),
  );
  return (await Promise.all(orderIds.map((orderId) => store.readReports(tenant, orderId)))).flat();
}

/** Days go by, at these hours: the job and the bank take turns. */
export async function letDaysPass(tools: CollectionTools, hours: readonly number[] = [1, 25, 50]): Promise<void> {
  for (const hour of hours) {
    await takeUp(tools, hoursLater(hour));
    await giveAnswers(tools, hoursLater(hour + 0.6));
  }
}
