import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleCredit } from '../../../functions/pooling/on-credit.ts';
import type { Payment } from '../../../functions/pooling/payments/payment.ts';
import { carryOutRun } from '../../../functions/pooling/runs/carry-out-run.ts';
import type { Run } from '../../../functions/pooling/runs/run.ts';
import { type RunRequest, startRun } from '../../../functions/pooling/runs/start-run.ts';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { anEngine } from '../../support/engines.ts';
import { randomFrom, testSeed } from '../../support/random.ts';
import { ModelBooks } from './model-books.ts';
import { carryOnAll, change, pay, receive, runsOf, spend } from './moves.ts';
import { type Dice, diceOf, type RandomTree, randomTree } from './random-tree.ts';
import { cause, now as firstDay, poolingOnEngine, type TestPooling } from './support.ts';

const seed = testSeed();
/** Pools of neighbouring seeds have nothing in common. */
const seedStep = 7_919;
const pools = 8;
const stepsOfEach = 14;
const dayMs = 86_400_000;
const timeout = 120_000;

/** One random pool, moved at random by its use cases; after every step its books are held against what is stored. */
class Play {
  private now = firstDay;
  private runs = 0;
  private keys = 0;
  private readonly events: DomainEvent[] = [];
  private readonly requests: RunRequest[] = [];
  private readonly payments: (() => Promise<Payment>)[] = [];
  private funded = 0;
  private readonly frozen = new Map<string, bigint>();
  private readonly pooling: TestPooling;
  private readonly tree: RandomTree;
  private readonly dice: Dice;
  private readonly books: ModelBooks;

  constructor(pooling: TestPooling, tree: RandomTree, dice: Dice) {
    this.pooling = pooling;
    this.tree = tree;
    this.dice = dice;
    this.books = new ModelBooks(pooling, tree);
  }

  async step(): Promise<void> {
    await this.act();
    if ((await this.books.enterRuns()).hasOpen && this.dice.chance(0.6)) await this.carryOn();
    if (!(await this.books.enterRuns()).hasOpen) await this.books.check(businessDateOf(this.now));
  }

  /** All that is under way to its end; then everything asked for once more, which moves nothing. */
  async finish(): Promise<{ moved: number; funded: number }> {
    await this.carryOn();
    await this.books.check(businessDateOf(this.now));
    const before = await this.books.figures();
    await this.repeat();
    expect(await this.books.figures()).toEqual(before);
    await this.books.check(businessDateOf(this.now));
    const runs = await runsOf(this.pooling.tools, this.tree.pool);
    return { moved: runs.reduce((sum, { ended }) => sum + (ended?.confirmed ?? 0), 0), funded: this.funded };
  }

  private async act(): Promise<void> {
    const roll = this.dice.upTo(99);
    if (roll < 25) return await this.credit();
    if (roll < 35) return await this.debit();
    if (roll < 45) return await this.freeze();
    if (roll < 70) return await this.run();
    if (roll < 95) return await this.pay();
    this.now = new Date(this.now.getTime() + dayMs);
  }

  private anyone(): string {
    return this.dice.oneOf([this.tree.headerId, ...this.tree.members.map(({ id }) => id)]);
  }

  private async credit(): Promise<void> {
    const minor = BigInt(1 + this.dice.upTo(150));
    const event = await receive(this.pooling, this.tree.tenant, this.anyone(), minor, this.now);
    if (this.dice.chance(0.2)) return;
    await handleCredit(this.pooling.tools, event, this.now);
    this.events.push(event);
  }

  private async debit(): Promise<void> {
    const from = this.anyone();
    const free = (await this.books.figures()).get(from)?.free ?? 0n;
    if (free > 0n)
      await spend(this.pooling, this.tree.tenant, from, 1n + BigInt(this.dice.upTo(Number(free) - 1)), this.now);
  }

  private async freeze(): Promise<void> {
    const id = this.anyone();
    const frozen = this.frozen.get(id) ?? 0n;
    const freeze = frozen > 0n && this.dice.chance(0.6) ? -frozen : BigInt(1 + this.dice.upTo(80));
    await change(this.pooling, this.tree.tenant, id, { freeze }, this.now);
    this.frozen.set(id, frozen + freeze);
  }

  private async run(): Promise<void> {
    const { tools } = this.pooling;
    this.runs += 1;
    const runNumber = this.runs;
    const request = { businessDate: businessDateOf(this.now), runNumber, startedBy: 'HAND' as const, cause };
    const run = await startRun(tools, this.tree.tenant, this.tree.pool.id, request, this.now);
    this.requests.push(request);
    for (let between = this.dice.upTo(2); between > 0; between--) await this.disturb();
    await this.sweep(() => carryOutRun(tools, run, this.now));
  }

  /** What happens between plan and execution. */
  private async disturb(): Promise<void> {
    const roll = this.dice.upTo(3);
    if (roll === 0) await this.credit();
    if (roll === 1) await this.debit();
    if (roll === 2) await this.freeze();
    if (roll === 3) await this.pay();
  }

  private carryOn(): Promise<void> {
    return this.sweep(() => carryOnAll(this.pooling.tools, this.tree.tenant, this.now));
  }

  private async sweep(move: () => Promise<void>): Promise<void> {
    const before = await this.books.figures();
    await move();
    const after = await this.books.figures();
    this.books.checkKept(before, after);
    expect(after.get(this.tree.worldId)).toEqual(before.get(this.tree.worldId));
    await this.books.enterRuns();
  }

  private async pay(): Promise<void> {
    const { tree, pooling } = this;
    this.keys += 1;
    const key = `payment ${this.keys}`;
    const from = this.dice.chance(0.9) ? this.dice.oneOf(tree.members).id : tree.headerId;
    const before = await this.books.figures();
    const free = before.get(from)?.free ?? 0n;
    const own = free > 0n ? free : 0n;
    const minor = this.dice.chance(0.3) ? BigInt(this.dice.upTo(Number(own))) : own + BigInt(1 + this.dice.upTo(30));
    const amount = minor > 0n ? minor : 1n;
    const send = () => pay(pooling.tools, tree.pool, key, from, tree.worldId, amount, this.now);
    const payment = await send();
    const after = await this.books.figures();
    if (payment.status === 'REFUSED') {
      expect(after).toEqual(before);
      expect(free).toBeLessThan(amount);
      return;
    }
    expect(payment.status).toBe('PAID');
    this.payments.push(send);
    if (payment.funding.length > 0) this.funded += 1;
    this.books.enterPayment(payment);
    this.books.checkKept(before, after, from);
    const posted = (figures: typeof before) => [...figures.values()].reduce((sum, one) => sum + one.posted, 0n);
    expect(posted(after)).toBe(posted(before));
    const received = (after.get(tree.worldId)?.posted ?? 0n) - (before.get(tree.worldId)?.posted ?? 0n);
    expect(received).toBe(amount);
  }

  /** Old runs asked for and carried out again, as they stood when they began too; old payments sent again. */
  private async repeat(): Promise<void> {
    const { tools } = this.pooling;
    const { tenant, pool } = this.tree;
    for (const request of this.requests) await startRun(tools, tenant, pool.id, request, this.now);
    for (const { ended: _, ...run } of await runsOf(tools, pool)) {
      await carryOutRun(tools, { ...run, status: 'RUNNING' } as Run, this.now);
    }
    for (const send of this.payments) await send();
    await carryOnAll(tools, tenant, this.now);
  }
}

describe('a random pool moved at random', () => {
  let pooling: TestPooling;
  let moved = 0;
  let funded = 0;
  beforeAll(async () => {
    pooling = await poolingOnEngine(anEngine());
  });
  afterAll(() => pooling?.close());

  it.each(Array.from({ length: pools }, (_, index) => index))(
    `keeps its books after every step (SEED=${seed}, pool %i)`,
    async (index) => {
      const dice = diceOf(randomFrom(seed + index * seedStep));
      const tree = await randomTree(pooling, `model${index}`, dice);
      const play = new Play(pooling, tree, dice);
      for (let step = 0; step < stepsOfEach; step++) await play.step();
      const told = await play.finish();
      moved += told.moved;
      funded += told.funded;
    },
    timeout,
  );

  it('is moved by legs and by payments that are funded', () => {
    expect(moved).toBeGreaterThan(pools);
    expect(funded).toBeGreaterThan(0);
  });
});
