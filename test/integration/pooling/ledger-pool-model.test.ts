import { describe, expect, it } from 'vitest';
import { prove } from '../../../functions/ledger/prove.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { anEngine } from '../../support/engines.ts';
import { randomFrom, testSeed } from '../../support/random.ts';
import { figuresOf, ledgerOf, ledgerPool, payOut, receive } from './ledger-pools.ts';
import { yuan } from './pools.ts';
import { balancesOf, cause, move, now, usePooling, worldOf } from './support.ts';

const tenant = 'model';
const operations = 150;
const opening = 10_000n;
const numbers = ['62280001', '62280002', '62280003', '62280004'];

/** What moves on the real account and the ledgers, in fen by account. */
type Effects = ReadonlyMap<string, bigint>;

/** What the pool should hold, in plain numbers. */
class Model {
  readonly held = new Map<string, bigint>();
  readonly setAside = new Map<string, bigint>();
  readonly #floors: ReadonlyMap<string, bigint>;

  constructor(floors: ReadonlyMap<string, bigint>) {
    this.#floors = floors;
  }

  allows(effects: Effects): boolean {
    return [...effects].every(([id, delta]) => {
      const left = (this.held.get(id) ?? 0n) - (this.setAside.get(id) ?? 0n) + delta;
      return delta >= 0n || left >= (this.#floors.get(id) ?? 0n);
    });
  }

  post(effects: Effects): void {
    for (const [id, delta] of effects) this.held.set(id, (this.held.get(id) ?? 0n) + delta);
  }

  hold(id: string, minor: bigint): void {
    this.setAside.set(id, (this.setAside.get(id) ?? 0n) + minor);
  }
}

/** Random receipts, payments, movements, holds, reversals, and transfers that a book forbids, against a model of maps. */
describe('a ledger pool moved at random', () => {
  const pooling = usePooling(anEngine());
  const seed = testSeed();

  async function open() {
    const pool = await ledgerPool(pooling, tenant, opening, 'overdraft 30.00');
    const { tools } = pooling;
    const terms = [{}, { overdraftLimit: yuan('20.00') }, { minBalance: yuan('5.00') }, { purpose: 'INCOME' }];
    const ids = [pool.rootAccountId];
    for (const [index, more] of terms.entries()) {
      const body = { name: `ledger ${index}`, virtualAccounts: [numbers[index]], ...more };
      ids.push((await ledgerOf(tools, pool, body)).accountId);
    }
    const floors = [0n, 0n, -2_000n, 500n, 0n].map((floor, index) => [ids[index] ?? '', floor] as const);
    const model = new Model(new Map([...floors, [pool.headerAccountId, -3_000n]]));
    model.post(
      new Map([
        [pool.rootAccountId, opening],
        [pool.headerAccountId, opening],
      ]),
    );
    return { pool, ids, model, income: ids[4] ?? '' };
  }

  it(`has ledgers that add up to the real balance after every operation (seed ${seed})`, {
    timeout: 120_000,
  }, async () => {
    const random = randomFrom(seed);
    const under = (count: number) => Math.floor(random() * count);
    const { pool, ids, model, income } = await open();
    const real = pool.headerAccountId;
    const world = await worldOf(pooling, tenant);
    const someone = () => ids[under(ids.length)] ?? '';
    const seen = new Map<string, number>();
    const posted: { id: string; effects: Effects }[] = [];
    const holds: { id: string; from: string; to: string; minor: bigint }[] = [];
    const told = (what: string, outcome: string, allowed: boolean) => {
      expect([what, outcome !== 'REFUSED']).toEqual([what, allowed]);
      const key = `${what} ${allowed}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    };
    const settle = (id: string, effects: Effects) => {
      model.post(effects);
      posted.push({ id, effects });
    };
    const commandOf = (step: number) => ({ id: deriveId('tr', tenant, `step ${step}`), fingerprint: 'step', cause });

    const kinds: ((step: number, minor: bigint) => Promise<void>)[] = [
      async function receiveOne(step, minor) {
        const index = under(numbers.length + 1);
        const virtualAccount = numbers[index];
        const body = { amount: yuan(formatAmount(minor, 'CNY')), ...(virtualAccount && { virtualAccount }) };
        const { transferId } = await receive(pooling.tools, pool, `receipt ${step}`, body);
        const ledger = virtualAccount ? (ids[index + 1] ?? '') : pool.rootAccountId;
        told('receipt', 'POSTED', true);
        settle(
          transferId,
          new Map([
            [ledger, minor],
            [real, minor],
          ]),
        );
      },
      async function payOne(_step, minor) {
        const from = someone();
        const effects = new Map([
          [from, -minor],
          [real, -minor],
        ]);
        const result = await payOut(pooling, pool, from, world, minor);
        const allowed = from !== income && model.allows(effects);
        told('payment', result.outcome, allowed);
        if (allowed) settle(result.id, effects);
      },
      async function sweepOne(_step, minor) {
        const [from, to] = [someone(), someone()];
        if (from === to) return;
        const effects = new Map([
          [from, -minor],
          [to, minor],
        ]);
        const result = await move(pooling, tenant, { from, to, minor });
        told('sweep', result.outcome, model.allows(effects));
        if (model.allows(effects)) settle(result.id, effects);
      },
      async function holdOne(step, minor) {
        const [from, to] = [someone(), someone()];
        if (from === to) return;
        const legs = [{ debitAccountId: from, creditAccountId: to, amount: minor, currency: 'CNY' }];
        const command = { ...commandOf(step), command: 'TRANSFER', mode: 'PENDING', legs, references: {} } as const;
        const [outcome] = await submit(pooling.ledgerStore, tenant, [command], now);
        const allowed = model.allows(new Map([[from, -minor]]));
        told('hold', outcome?.outcome ?? '', allowed);
        if (!allowed) return;
        model.hold(from, minor);
        holds.push({ id: command.id, from, to, minor });
      },
      async function endHold(step) {
        const [hold] = holds.splice(under(holds.length), 1);
        if (!hold) return;
        const isPosted = under(2) === 0;
        const command = isPosted
          ? ({ ...commandOf(step), command: 'POST', pendingId: hold.id, amounts: [] } as const)
          : ({ ...commandOf(step), command: 'VOID', pendingId: hold.id } as const);
        const [outcome] = await submit(pooling.ledgerStore, tenant, [command], now);
        told(isPosted ? 'post of a hold' : 'void of a hold', outcome?.outcome ?? '', true);
        model.hold(hold.from, -hold.minor);
        if (isPosted)
          settle(
            command.id,
            new Map([
              [hold.from, -hold.minor],
              [hold.to, hold.minor],
            ]),
          );
      },
      async function reverseOne(step) {
        const one = posted[under(posted.length)];
        if (!one) return;
        const effects = new Map([...one.effects].map(([id, delta]) => [id, -delta] as const));
        const command = { ...commandOf(step), command: 'REVERSE', transferId: one.id } as const;
        const [outcome] = await submit(pooling.ledgerStore, tenant, [command], now);
        const allowed = model.allows(effects);
        told('reversal', outcome?.outcome ?? '', allowed);
        if (!allowed) return;
        model.post(effects);
        posted.splice(posted.indexOf(one), 1);
      },
      async function breakOne(_step, minor) {
        const { controlAccountId: control } = pool.book;
        const forbidden = [
          [{ from: world, to: real, minor }],
          [{ from: real, to: world, minor }],
          [{ from: someone(), to: world, minor }],
          [{ from: world, to: someone(), minor }],
          [{ from: control, to: someone(), minor }],
          [{ from: someone(), to: control, minor }],
          [
            { from: world, to: real, minor },
            { from: control, to: someone(), minor: minor + 1n },
          ],
        ];
        const [first, ...further] = forbidden[under(forbidden.length)] ?? [];
        if (!first) throw new Error('there is something to try');
        told('breach', (await move(pooling, tenant, first, ...further)).outcome, false);
      },
    ];

    for (let step = 0; step < operations; step++) {
      await kinds[under(kinds.length)]?.(step, BigInt(1 + under(2_500)));
      const balance = model.held.get(real) ?? 0n;
      expect(await balancesOf(pooling, tenant, ids)).toEqual(ids.map((id) => model.held.get(id) ?? 0n));
      expect(await figuresOf(pooling, pool)).toEqual({ real: balance, control: -balance, ledgers: balance });
    }
    for (const what of ['receipt true', 'payment true', 'payment false', 'sweep true', 'sweep false', 'breach false']) {
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
    }
    const proof = await prove(pooling.ledgerStore, tenant, { accounts: 'ALL' });
    expect(proof).toMatchObject({ broken: [], complete: true });
    expect(proof.trialBalances.map(({ credits, debits }) => credits + debits)).toEqual([0n]);
  });
});
