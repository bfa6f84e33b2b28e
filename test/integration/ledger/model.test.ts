import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availableOf, type Constraint } from '../../../functions/ledger/account.ts';
import type { Command } from '../../../functions/ledger/commands.ts';
import { openAccount } from '../../../functions/ledger/open-account.ts';
import { prove } from '../../../functions/ledger/prove.ts';
import type { LedgerStore } from '../../../functions/ledger/store.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { addDays } from '../../../shared/calendar/plain-date.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { ledgerOnEngine, type TestLedger } from '../../support/ledger.ts';
import { testSeed } from '../../support/random.ts';
import { ReferenceLedger } from '../../support/reference-ledger.ts';
import { holders, type Step, step } from './model-steps.ts';

/**
 * Random operations against the ledger and against a plain one in memory; the states are compared after every step. A
 * step that is refused must leave the table as it was, but for the record of its key.
 */
const cause = { client: 'model', role: 'treasurer', requestId: 'model' };
const start = Date.parse('2026-03-02T01:00:00Z');
const wanted = [
  'OK',
  'ledger/insufficient-funds',
  'ledger/account-not-found',
  'ledger/currency-mismatch',
  'ledger/same-account',
  'request/idempotency-key-reused',
  'ledger/account-owned',
  'ledger/pending-owned',
];

describe('the ledger behaves like a plain one in memory', () => {
  const seed = testSeed();
  it(`after every one of random operations (seed ${seed})`, { timeout: 120_000 }, async () => {
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 60 }), async (steps) => {
        const ledger = await ledgerOnEngine();
        await new Run(ledger, outcomes).play(steps).finally(() => ledger.close());
      }),
      { seed, numRuns: 15, endOnFailure: true },
    );
    // A model test that never gets to the refusals proves nothing.
    for (const code of wanted) expect(outcomes.get(code) ?? 0, code).toBeGreaterThan(0);
  });
});

class Run {
  private readonly reference = new ReferenceLedger();
  private readonly store: LedgerStore;
  private readonly ids: string[] = [];
  private readonly transferIds: string[] = [];
  private clock = start;
  private readonly ledger: TestLedger;
  private readonly tenant = 'model';
  private readonly outcomes: Map<string, number>;
  private snapshot = new Map<string, string>();

  constructor(ledger: TestLedger, outcomes: Map<string, number>) {
    this.ledger = ledger;
    this.outcomes = outcomes;
    this.store = ledger.store;
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const holder of holders) await this.open(holder);
    this.snapshot = await this.ledger.snapshot();
    for (const one of steps) {
      this.clock += 1_000;
      if (one.do === 'WAIT') this.clock += one.hours * 3_600_000;
      else await this.compareStep(one);
    }
    const proof = await prove(this.store, this.tenant, { accounts: 'ALL' });
    expect(proof.broken).toEqual([]);
    for (const { credits, debits, pendingIn, pendingOut } of proof.trialBalances) {
      expect([credits + debits, pendingIn - pendingOut]).toEqual([0n, 0n]);
    }
  }

  /** Two accounts without a bound, the rest with a floor; one in another currency, one of a capability's own. */
  private async open(holder: number): Promise<void> {
    const floor = holder < 2 ? undefined : holder === 3 ? -200n : 0n;
    const currency = holder === 5 ? 'EUR' : 'CNY';
    const owner = holder === 4 ? 'cap' : undefined;
    const id = await openAccount(
      this.store,
      this.tenant,
      {
        id: deriveId('tr', this.tenant, `open-${holder}`),
        fingerprint: 'open',
        cause,
        account: { currency, holder: `holder ${holder}`, purpose: 'GENERAL', hot: false, references: {} },
        ...(owner !== undefined && { owner }),
        constraint:
          floor === undefined
            ? { type: 'NONE' }
            : floor < 0n
              ? { type: 'OVERDRAFT_LIMIT', minor: -floor }
              : { type: 'MIN_BALANCE', minor: floor },
      },
      new Date(this.clock - 20 * 86_400_000),
    );
    this.ids.push(id);
    this.reference.open(id, currency, floor, owner);
  }

  private async compareStep(one: Exclude<Step, { do: 'WAIT' }>): Promise<void> {
    const now = new Date(this.clock);
    const { command, expected } = this.prepare(one, now);
    const before = this.snapshot;
    const [outcome] = await submit(this.store, this.tenant, [command], now);
    const got = outcome?.outcome === 'REFUSED' ? outcome.problem.code : 'OK';
    expect({ step: one.do, got }).toEqual({ step: one.do, got: expected });
    this.outcomes.set(got, (this.outcomes.get(got) ?? 0) + 1);
    this.snapshot = await this.ledger.snapshot();
    if (got === 'OK') this.transferIds.push(command.id);
    else this.expectUntouched(before, this.snapshot, command.id);
    await this.compareStates();
  }

  private prepare(one: Exclude<Step, { do: 'WAIT' }>, now: Date): { command: Command; expected: string } {
    const { tenant, reference } = this;
    const id = deriveId('tr', tenant, `key-${one.key}`);
    const today = shanghaiDate(this.clock);
    const body = JSON.stringify({ ...one, today }, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
    const asks = one.by === undefined ? {} : { by: one.by };
    const common = { id, fingerprint: body, cause, ...(one.by !== undefined && { owner: one.by }) };
    const instant = now.toISOString();
    switch (one.do) {
      case 'TRANSFER': {
        const legs = one.legs.map((each) => this.legOf(each));
        const valueDate = !one.pending && one.backdated === 0 ? addDays(today, -one.back) : undefined;
        const expiresAt = one.pending && one.expires === 0 ? new Date(this.clock + 7_200_000).toISOString() : undefined;
        const command: Command = {
          ...common,
          command: 'TRANSFER',
          mode: one.pending ? 'PENDING' : 'POSTED',
          legs: legs.map(({ from, to, ...rest }) => ({ debitAccountId: from, creditAccountId: to, ...rest })),
          references: {},
          ...(valueDate && { valueDate }),
          ...(expiresAt && { expiresAt }),
        };
        const options = {
          pending: one.pending,
          date: valueDate ?? today,
          today,
          ...(expiresAt && { expiresAt }),
          ...asks,
        };
        return { command, expected: reference.keyed(id, body, () => reference.transfer(id, legs, options)) };
      }
      case 'POST': {
        const pendingId = this.transferOf(one.which);
        const minor = BigInt(one.part);
        const currency = reference.transfers.get(pendingId)?.legs[0]?.currency ?? 'CNY';
        const amounts = one.part % 3 === 0 ? [] : [{ leg: 0, minor, currency }];
        const valueDate = one.back > 0 && one.back < 4 ? addDays(today, -one.back) : undefined;
        const command: Command = { ...common, command: 'POST', pendingId, amounts, ...(valueDate && { valueDate }) };
        const byLeg = new Map(amounts.map((amount) => [amount.leg, amount.minor]));
        const run = () =>
          reference.post(id, pendingId, byLeg, { now: instant, today, date: valueDate ?? today, ...asks });
        return { command, expected: reference.keyed(id, body, run) };
      }
      case 'VOID':
      case 'EXPIRE': {
        const pendingId = this.transferOf(one.which);
        const isLive = reference.transfers.get(pendingId)?.ended === undefined;
        const how = one.do === 'EXPIRE' && isLive ? 'EXPIRED' : 'VOIDED';
        const command: Command = { ...common, command: how === 'EXPIRED' ? 'EXPIRE' : 'VOID', pendingId };
        return {
          command,
          expected: reference.keyed(id, body, () => reference.end(id, pendingId, how, instant, one.by)),
        };
      }
      case 'REVERSE': {
        const transferId = this.transferOf(one.which);
        const valueDate = one.back > 0 ? addDays(today, -one.back) : undefined;
        const command: Command = { ...common, command: 'REVERSE', transferId, ...(valueDate && { valueDate }) };
        const run = () => reference.reverse(id, transferId, today, valueDate ?? today, one.by);
        return { command, expected: reference.keyed(id, body, run) };
      }
      case 'CHANGE': {
        const accountId = this.accountOf(one.who);
        const change = { freeze: one.freeze, ...(one.status && { status: one.status }) };
        const constraint = one.floor === undefined ? undefined : constraintOf(one.floor);
        const command: Command = {
          ...common,
          command: 'CHANGE',
          accountId,
          ...change,
          ...(constraint && { constraint }),
        };
        const floor = one.floor === undefined ? {} : { floor: { minor: one.floor === 'NONE' ? undefined : one.floor } };
        return {
          command,
          expected: reference.keyed(id, body, () => reference.change(accountId, { ...change, ...floor }, one.by)),
        };
      }
    }
  }

  private legOf(one: { from: number; to: number; amount: bigint; wrongCurrency: number }) {
    const from = this.accountOf(one.from);
    const natural = this.reference.accounts.get(from)?.currency ?? 'CNY';
    const currency = one.wrongCurrency === 0 ? 'USD' : natural;
    return { from, to: this.accountOf(one.to), amount: one.amount, currency };
  }

  /** One number beyond the accounts stands for one that does not exist. */
  private accountOf(index: number): string {
    return this.ids[index] ?? 'acc_00000000000000000000000000';
  }

  private transferOf(which: number): string {
    return this.transferIds[which % Math.max(1, this.transferIds.length)] ?? 'tr_00000000000000000000000000';
  }

  private async compareStates(): Promise<void> {
    const heads = await this.store.readHeads(this.tenant, this.ids);
    for (const id of this.ids) {
      const head = heads.get(id);
      const account = this.reference.accounts.get(id);
      if (!head || !account) throw new Error(`${id} is missing`);
      const posted = this.reference.balance(id);
      const { pendingIn, pendingOut, frozen, status } = account;
      expect({
        id,
        posted: head.posted,
        pendingIn: head.pendingIn,
        pendingOut: head.pendingOut,
        frozen: head.frozen,
        status: head.status,
      }).toEqual({ id, posted, pendingIn, pendingOut, frozen, status });
      expect(availableOf(head)).toBe(posted - pendingOut - frozen - (account.floor ?? 0n));
    }
  }

  private expectUntouched(before: Map<string, string>, after: Map<string, string>, recordId: string): void {
    const changed = [...after].filter(([key, item]) => before.get(key) !== item).map(([key]) => key);
    const own = `${this.tenant}#K#${recordId.slice(3)} K`;
    expect(changed.filter((key) => key !== own)).toEqual([]);
    expect([...before.keys()].filter((key) => !after.has(key))).toEqual([]);
  }
}

function constraintOf(floor: bigint | 'NONE'): Constraint {
  if (floor === 'NONE') return { type: 'NONE' };
  return floor < 0n ? { type: 'OVERDRAFT_LIMIT', minor: -floor } : { type: 'MIN_BALANCE', minor: floor };
}

/** China keeps UTC+8 all year. */
function shanghaiDate(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);
}
