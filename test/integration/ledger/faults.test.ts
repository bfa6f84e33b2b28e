import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../../functions/ledger/commands.ts';
import { foldHot } from '../../../functions/ledger/fold-hot.ts';
import { prove } from '../../../functions/ledger/prove.ts';
import { type LedgerStore, ledgerStore } from '../../../functions/ledger/store.ts';
import { type Outcome, submit } from '../../../functions/ledger/submit.ts';
import { effectOn, type TransferContent } from '../../../functions/ledger/transfer.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { deliverUnkindly } from '../../support/faulty-stream.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';
import { randomFrom, testSeed } from '../../support/random.ts';
import { readStreamRecords } from '../../support/stream-records.ts';
import { localAccess } from '../../support/tables.ts';

/**
 * The store fails as the cloud does: conflicts, throttles, timeouts before and after the commit. Callers do what callers
 * do: they send the same command again until they are told. At the end nothing is lost, nothing stands twice.
 */
const rates = { conflict: 0.1, throttle: 0.05, timeoutBefore: 0.05, timeoutAfter: 0.1, unprocessed: 0.1 };
const policy = { attemptsMax: 30, baseMs: 1, ceilingMs: 10 };
const seed = testSeed();
const writers = 6;
const stepsPerWriter = 25;

describe(`a ledger whose store fails (SEED=${seed})`, () => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(undefined, { streams: true });
  });
  afterAll(() => ledger?.close());

  it('books every transfer once and keeps the books sound', { timeout: 120_000 }, async () => {
    const tenant = 'faults';
    const capital = await openTestAccount(ledger, tenant, { name: 'capital' });
    const clearing = await openTestAccount(ledger, tenant, { name: 'clearing', hot: true });
    const shops = await Promise.all(
      [1, 2, 3, 4].map((n) => openTestAccount(ledger, tenant, { name: `shop ${n}`, limit: 'at least 0.00' })),
    );
    const client = new DynamoDBClient({ endpoint: anEngine().endpoint, ...localAccess, maxAttempts: 1 });
    const log = injectFaults(client, seed, rates);
    const store = ledgerStore(client, ledger.table);

    const told = await Promise.all(
      Array.from({ length: writers }, (_, writer) => write(store, tenant, writer, { capital, clearing, shops })),
    );
    expect(log.countOf('timeoutAfter'), log.toString()).toBeGreaterThan(0);
    expect(log.countOf('conflict'), log.toString()).toBeGreaterThan(0);

    const records = await readStreamRecords(anEngine().endpoint, ledger.client, ledger.table);
    const postings = records.filter(({ dynamodb }) => dynamodb?.NewImage?.kind?.S === 'HOT_POSTING');
    expect(postings.length).toBeGreaterThan(0);
    await deliverUnkindly(postings, async () => void (await foldPatiently(store, tenant, clearing)), seed, {
      batchSize: 10,
    });
    log.stop();

    const booked = told.flat().flatMap((outcome) => (outcome.outcome === 'TRANSFER' ? [outcome.transfer] : []));
    const heads = await ledger.store.readHeads(tenant, [capital, clearing, ...shops]);
    for (const [id, head] of heads) {
      const { posted, pendingOut } = sumOf(booked, id);
      expect({ id, posted: head.posted, pendingOut: head.pendingOut }, log.toString()).toEqual({
        id,
        posted,
        pendingOut,
      });
    }
    const proof = await prove(ledger.store, tenant, { accounts: 'ALL' });
    expect(proof.broken, log.toString()).toEqual([]);
    expect(proof.trialBalances.map(({ credits, debits }) => credits + debits)).toEqual([0n]);
  });
});

interface Books {
  readonly capital: string;
  readonly clearing: string;
  readonly shops: readonly string[];
}

/** One caller: funds, pays, holds and posts, and repeats what it is not told. Commands that were refused stay refused. */
async function write(store: LedgerStore, tenant: string, writer: number, books: Books): Promise<Outcome[]> {
  const random = randomFrom(seed + writer);
  const outcomes: Outcome[] = [];
  const holds: string[] = [];
  for (let step = 0; step < stepsPerWriter; step++) {
    const command = nextCommand(tenant, `w${writer} s${step}`, random, books, holds);
    const outcome = await insist(store, tenant, command);
    if (command.command === 'TRANSFER' && command.mode === 'PENDING' && outcome.outcome === 'TRANSFER')
      holds.push(command.id);
    outcomes.push(outcome);
  }
  return outcomes;
}

function nextCommand(tenant: string, key: string, random: () => number, books: Books, holds: string[]): Command {
  const shop = books.shops[Math.floor(random() * books.shops.length)] ?? '';
  const minor = BigInt(1 + Math.floor(random() * 50));
  const dice = random();
  const pendingId = holds.pop();
  if (pendingId !== undefined && dice < 0.3) {
    const { id } = transferOf(tenant, key, '', '', 0n);
    return { command: 'POST', id, fingerprint: pendingId, cause: testCause, pendingId, amounts: [] };
  }
  if (pendingId !== undefined) holds.push(pendingId);
  if (dice < 0.5) return transferOf(tenant, key, books.capital, shop, minor);
  if (dice < 0.8) return transferOf(tenant, key, shop, books.clearing, minor);
  return { ...transferOf(tenant, key, shop, books.capital, minor), mode: 'PENDING' };
}

async function insist(store: LedgerStore, tenant: string, command: Command): Promise<Outcome> {
  for (let call = 0; call < 100; call++) {
    const [outcome] = await submit(store, tenant, [command], testNow, { policy });
    const isTold = outcome && !(outcome.outcome === 'REFUSED' && outcome.problem.code.startsWith('request/'));
    if (isTold) return outcome;
  }
  throw new Error(`never told what became of ${command.id} (SEED=${seed})`);
}

async function foldPatiently(store: LedgerStore, tenant: string, accountId: string): Promise<void> {
  for (let call = 0; call < 100; call++) {
    try {
      await foldHot(store, tenant, accountId);
      return;
    } catch {
      // What Lambda does with a batch that failed: it comes again.
    }
  }
  throw new Error(`the hot account was never folded (SEED=${seed})`);
}

function sumOf(transfers: readonly TransferContent[], accountId: string) {
  let posted = 0n;
  let pendingOut = 0n;
  for (const transfer of transfers) {
    const effect = effectOn(transfer, accountId);
    posted += effect.posted;
    pendingOut += effect.pendingOut;
  }
  return { posted, pendingOut };
}
