import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Constraint } from '../../../functions/ledger/account.ts';
import { endHeld, holdOrders } from '../../../functions/ledger/hold-transfers.ts';
import { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../../functions/ledger/read-accounts.ts';
import { type LedgerStore, ledgerStore } from '../../../functions/ledger/store.ts';
import type { Centre } from '../../../functions/netting/centres/centre.ts';
import { createCentre, type NewCentre } from '../../../functions/netting/centres/keep-centre.ts';
import type { Participant } from '../../../functions/netting/centres/participant.ts';
import { queuedPaymentIdOf } from '../../../functions/netting/keys.ts';
import type { AskedPayment, KeptPayment } from '../../../functions/netting/queued-payments/kept-payment.ts';
import { queuePayments } from '../../../functions/netting/queued-payments/queue-payments.ts';
import { listLines, type ResolutionLine } from '../../../functions/netting/resolutions/list-lines.ts';
import type { Resolution } from '../../../functions/netting/resolutions/resolution.ts';
import type { WaitReason } from '../../../functions/netting/resolutions/resolution-lines.ts';
import { findResolution, startResolution } from '../../../functions/netting/resolutions/start-resolution.ts';
import { takeTurn } from '../../../functions/netting/resolutions/take-turn.ts';
import { nettingStore } from '../../../functions/netting/store.ts';
import type { SettlingTools } from '../../../functions/netting/tools.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { aParticipant, at, cause, facts, noPairs, on } from '../../functions/netting/intake-samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export const now = new Date(at);
export const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
export const centreId = 'ctr_group';
const currency = 'CNY';

/** A process: netting and the ledger over a client of its own. */
export interface TestProcess {
  readonly client: DynamoDBClient;
  readonly tools: SettlingTools;
  readonly ledgerStore: LedgerStore;
}

export interface TestQueue extends TestProcess {
  another(): TestProcess;
  /** A centre whose participants have accounts of the ledger with so much on them, minor units. */
  open(tenant: string, balances: Readonly<Record<string, bigint>>, more?: OpenMore): Promise<Centre>;
  /** Moves money between two of: participants, and the bank outside. */
  move(tenant: string, from: string, to: string, amount: bigint): Promise<void>;
  accountOf(tenant: string, participantId: string): Promise<string>;
  /** Posted balances of participants, minor units; throws where anything is held. */
  balances(tenant: string, ids: string): Promise<bigint[]>;
  /** Queues payments such as 'A→B 100', in this order; each is named by its text. */
  queue(tenant: string, ...payments: readonly string[]): Promise<void>;
  paymentOf(tenant: string, payment: string): Promise<KeptPayment>;
  start(tenant: string, key: string): Promise<Resolution>;
  /** Starts a resolution and carries it on. */
  resolve(tenant: string, key: string, moment?: Date): Promise<Resolution>;
  find(tenant: string, resolutionId: string): Promise<Resolution>;
  linesOf(resolution: Resolution): Promise<readonly ResolutionLine[]>;
  /** Every item of the table of netting as text, by key. */
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

interface OpenMore {
  readonly participants?: Readonly<Record<string, Partial<Participant>>>;
  readonly pairs?: Partial<NewCentre['pairs']>;
  readonly constraints?: Readonly<Record<string, Constraint>>;
  readonly terms?: Partial<NewCentre['facts']>;
}

export const claimOf = (key: string) => ({
  ...{ operation: 'resolveQueue', key, fingerprint: key, at, cause },
  id: deriveId('qrs', key),
});

/** 'A→B 100' as what is asked for. */
export function asked(payment: string): AskedPayment {
  const [, payer = '', payee = '', amount = ''] = /^(\w+)→(\w+) (\d+)/.exec(payment) ?? [];
  return { reference: payment, payer, payee, currency, amount: BigInt(amount) };
}

/**
 * A ring in which every other one gives 101 and gets 100, and has the 1 that it lacks: so many legs that one transfer does not hold
 * them, and nobody can pay alone.
 */
export function largeRing(pairs: number) {
  const count = pairs * 2;
  const ids = Array.from({ length: count }, (_, n) => `P${n}`);
  const balances = Object.fromEntries(ids.map((id, n) => [id, n % 2 === 0 ? 1n : 0n]));
  const payments = ids.map((id, n) => `${id}→${ids[(n + 1) % count]} ${n % 2 === 0 ? 101 : 100}`);
  return { ids: ids.join(' '), balances, payments, after: ids.map((_, n) => (n % 2 === 0 ? 0n : 1n)) };
}

let tables = 0;

export async function queueOnEngine({ endpoint }: Pick<TestEngine, 'endpoint'>): Promise<TestQueue> {
  tables += 1;
  const names = await createTables(endpoint, `q${process.pid}_${Math.floor(performance.now())}_${tables}`);
  const clients: DynamoDBClient[] = [];
  const another = (): TestProcess => {
    const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
    clients.push(client);
    const accounts = ledgerStore(client, names.TABLE_LEDGER ?? '');
    const ledger: SettlingTools['ledger'] = {
      readAccounts: (tenant, ids) => readLedgerAccounts(accounts, tenant, ids),
      postTransfers: (tenant, orders, moment, options) => postOrders(accounts, tenant, orders, moment, options),
      holdTransfers: (tenant, orders, moment) => holdOrders(accounts, tenant, orders, moment),
      endHolds: (tenant, endings, moment) => endHeld(accounts, tenant, endings, moment),
    };
    return { client, tools: { store: nettingStore(client, names.TABLE_NETTING ?? ''), ledger }, ledgerStore: accounts };
  };
  const own = another();
  const { store, ledger } = own.tools;
  let moves = 0;

  const opened = new Map<string, Promise<string>>();
  const openAccount = (tenant: string, holder: string, constraint: Constraint = { type: 'NONE' }) => {
    const account = { currency, holder, purpose: 'GENERAL' } as const;
    const request = { name: ['test', holder], account, constraint, cause };
    const name = `${tenant} ${holder}`;
    const accountId = opened.get(name) ?? openAccountUnderName(own.ledgerStore, tenant, request, now);
    opened.set(name, accountId);
    return accountId;
  };
  const move: TestQueue['move'] = async (tenant, from, to, amount) => {
    const [debitAccountId, creditAccountId] = await Promise.all([openAccount(tenant, from), openAccount(tenant, to)]);
    const name = ['test', `move ${++moves}`];
    const legs = [{ debitAccountId, creditAccountId, amount, currency }];
    const [result] = await ledger.postTransfers(tenant, [{ name, fingerprint: 'move', legs, cause }], now);
    if (result?.outcome !== 'POSTED') throw new Error(`${from} could not pay ${to}.`);
  };
  const start: TestQueue['start'] = (tenant, key) => {
    return startResolution(store, { tenant, centreId }, currency, claimOf(`${tenant} ${key}`));
  };
  const find: TestQueue['find'] = (tenant, resolutionId) => findResolution(store, { tenant, centreId, resolutionId });

  return {
    ...{ ...own, another, move, start, find },
    async open(tenant, balances, { participants = {}, pairs = {}, constraints = {}, terms = {} } = {}) {
      const all: Participant[] = [];
      for (const [id, balance] of Object.entries(balances)) {
        const accountId = await openAccount(tenant, id, constraints[id]);
        if (balance > 0n) await move(tenant, 'outside', id, balance);
        all.push(aParticipant(id, { accounts: [{ currency, at: 'LEDGER', accountId }], ...participants[id] }));
      }
      const centre = { facts: { ...facts, ...terms, tenant }, pairs: { ...noPairs, ...pairs }, participants: all };
      const claim = { operation: 'createNettingCentre', key: centreId, fingerprint: centreId, id: centreId, at, cause };
      return createCentre({ store, ledger }, centre, claim);
    },
    accountOf: (tenant, id) => openAccount(tenant, id),
    async balances(tenant, ids) {
      const accountIds = await Promise.all(ids.split(' ').map((id) => openAccount(tenant, id)));
      const found = await ledger.readAccounts(tenant, accountIds);
      return accountIds.map((id) => {
        const { posted = 0n, pendingIn, pendingOut } = found.get(id) ?? {};
        if (pendingIn || pendingOut) throw new Error(`Something is held on ${id}.`);
        return posted;
      });
    },
    async queue(tenant, ...payments) {
      const drafts = payments.map((payment) => ({ asked: asked(payment), ...on }));
      const queued = await queuePayments(store, { tenant, centreId }, drafts);
      const refused = queued.find(({ outcome }) => outcome !== 'ACCEPTED');
      if (refused) throw new Error('A payment was not queued.');
    },
    async paymentOf(tenant, payment) {
      const found = await store.readQueuedPayment(tenant, queuedPaymentIdOf(tenant, centreId, payment));
      if (!found) throw new Error(`There is no payment ${payment}.`);
      return found;
    },
    async resolve(tenant, key, moment = now) {
      const { id: resolutionId } = await start(tenant, key);
      await takeTurn(own.tools, { tenant, resolutionId }, moment);
      return find(tenant, resolutionId);
    },
    async linesOf(resolution) {
      const all = await listLines(store, resolution, undefined, { list: 0, block: 0, skip: 0 }, 100_000);
      return all.lines;
    },
    snapshot: () => snapshotOf(own.client, names.TABLE_NETTING ?? ''),
    close: () => {
      for (const one of clients) one.destroy();
    },
  };
}

/** What became of payments, as text: 'A→B 100: SETTLED', or why it waits. */
export function told(lines: readonly ResolutionLine[], tenant: string): string[] {
  const names = new Map(lines.map(({ reference }) => [queuedPaymentIdOf(tenant, centreId, reference), reference]));
  return lines.map((line) => {
    if ('set' in line) return `${line.reference}: ${line.kind} ${line.set}`;
    const reasons = line.reasons.map((reason) => reasonText(reason, names));
    return `${line.reference}: ${reasons.join(', ')}`;
  });
}

function reasonText(reason: WaitReason, names: ReadonlyMap<string, string>): string {
  switch (reason.code) {
    case 'SHORT_OF_FUNDS':
      return `${reason.code} ${reason.missing}`;
    case 'BEHIND':
      return `${reason.code} ${names.get(reason.payment)}`;
    case 'ACCOUNT':
      return `${reason.code} ${reason.participant}: ${reason.detail}`;
    case 'EXCLUDED_PAIR':
      return reason.code;
    default:
      return `${reason.code} ${reason.excess}`;
  }
}
