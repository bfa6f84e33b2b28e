import { expect } from 'vitest';
import { readConfiguration } from '../../../functions/pooling/members/read-configuration.ts';
import type { Payment } from '../../../functions/pooling/payments/payment.ts';
import type { Run } from '../../../functions/pooling/runs/run.ts';
import { runsOf } from './moves.ts';
import type { RandomTree, Way } from './random-tree.ts';
import type { TestPooling } from './support.ts';

export interface Figures {
  readonly posted: bigint;
  readonly frozen: bigint;
  /** Posted − frozen. */
  readonly free: bigint;
}

/** A book of its own over everything that moved in a pool, kept as plainly as can be, and held against what is stored. */
export class ModelBooks {
  private readonly position = new Map<string, bigint>();
  private readonly used = new Map<string, bigint>();
  /** By 'lender borrower': what the one has sent the other so far, both ways told apart. */
  private readonly lent = new Map<string, bigint>();
  private readonly entered = new Set<string>();
  private readonly pooling: TestPooling;
  private readonly tree: RandomTree;

  constructor(pooling: TestPooling, tree: RandomTree) {
    this.pooling = pooling;
    this.tree = tree;
  }

  async figures(): Promise<Map<string, Figures>> {
    const { tree } = this;
    const ids = [tree.headerId, tree.worldId, ...tree.members.map(({ id }) => id)];
    const accounts = await this.pooling.tools.ledger.readAccounts(tree.tenant, ids);
    return new Map([...accounts].map(([id, { posted, frozen }]) => [id, { posted, frozen, free: posted - frozen }]));
  }

  /** Enters the runs that have ended since; returns whether any is still open. */
  async enterRuns(): Promise<{ hasOpen: boolean }> {
    const runs = await runsOf(this.pooling.tools, this.tree.pool);
    for (const run of runs) if (run.ended && !this.entered.has(run.id)) await this.enterRun(run);
    return { hasOpen: runs.some(({ ended }) => !ended) };
  }

  private async enterRun(run: Run): Promise<void> {
    this.entered.add(run.id);
    const { store } = this.pooling;
    const legs = (await store.readAllLegs(run)).flat();
    const outcomes = [...(await store.readOutcomes(run)).values()].flat();
    expect(outcomes.map(({ number }) => number).sort((a, b) => a - b)).toEqual(legs.map(({ number }) => number));
    for (const { number, status, amount } of outcomes) {
      const leg = legs.find((one) => one.number === number);
      expect(amount).toBeLessThanOrEqual(leg?.amount ?? 0n);
      if (leg && status === 'CONFIRMED') this.enter(leg.accountId, leg.direction, amount, run.businessDate);
    }
  }

  enterPayment({ id, status, funding, businessDate }: Payment): void {
    if (status !== 'PAID' || this.entered.has(id)) return;
    this.entered.add(id);
    for (const { accountId, amount } of funding) this.enter(accountId, 'DOWN', amount, businessDate);
  }

  private enter(accountId: string, way: Way, amount: bigint, date: string): void {
    const member = this.memberOf(accountId);
    add(this.position, accountId, way === 'UP' ? amount : -amount);
    add(this.used, `${accountId} ${way} ${date}`, amount);
    add(this.used, `${accountId} ${way} ${date.slice(0, 7)}`, amount);
    const above = this.entityOf(member.parentId);
    const [lender, borrower] = way === 'UP' ? [member.entity, above] : [above, member.entity];
    if (lender !== borrower) add(this.lent, `${lender} ${borrower}`, amount);
  }

  private memberOf(accountId: string) {
    const member = this.tree.members.find(({ id }) => id === accountId);
    if (!member) throw new Error(`${accountId} is no member.`);
    return member;
  }

  private entityOf(accountId: string): string {
    return accountId === this.tree.headerId ? this.tree.headerEntity : this.memberOf(accountId).entity;
  }

  private outstanding(lender: string, borrower: string): bigint {
    return (this.lent.get(`${lender} ${borrower}`) ?? 0n) - (this.lent.get(`${borrower} ${lender}`) ?? 0n);
  }

  /** All that must hold while nothing is under way. */
  async check(today: string): Promise<void> {
    const figures = await this.figures();
    expect([...figures.values()].reduce((sum, { posted }) => sum + posted, 0n)).toBe(0n);
    await this.checkLoans();
    const { states } = await this.pooling.store.readStates(
      this.tree.pool,
      this.tree.members.map(({ id }) => id),
    );
    for (const { id, limits } of this.tree.members) {
      const state = states.get(id);
      expect(state?.position ?? 0n).toBe(this.position.get(id) ?? 0n);
      for (const way of ['UP', 'DOWN'] as const) {
        for (const [period, since, name] of [
          ['DAY', today, today],
          ['MONTH', `${today.slice(0, 7)}-01`, today.slice(0, 7)],
        ] as const) {
          const limit = limits[way][period];
          if (limit === undefined) continue;
          const moved = this.used.get(`${id} ${way} ${name}`) ?? 0n;
          expect(moved).toBeLessThanOrEqual(limit);
          const use = state?.used.find((one) => one.way === way && one.limit === period && one.since === since);
          expect(use?.amount ?? 0n).toBe(moved);
        }
      }
    }
  }

  private async checkLoans(): Promise<void> {
    const { tree, pooling } = this;
    const { loanBooks } = await readConfiguration(pooling.tools, tree.pool);
    const ids = loanBooks.flatMap(({ accountId, controlId }) => [accountId, controlId]);
    const accounts = await pooling.tools.ledger.readAccounts(tree.tenant, ids);
    const controls = new Map<string, bigint>();
    for (const { first, second, accountId, controlId } of loanBooks) {
      const position = this.outstanding(first, second);
      expect(accounts.get(accountId)?.posted).toBe(position);
      add(controls, controlId, -position);
    }
    for (const [id, balance] of controls) expect(accounts.get(id)?.posted).toBe(balance);
    for (const { lender, borrower, ceiling } of tree.ceilings) {
      expect(this.outstanding(lender, borrower)).toBeLessThanOrEqual(ceiling);
    }
  }

  /** A sweep, or the funding of a payment, takes nobody below the reserve, nor into what is frozen. */
  checkKept(before: ReadonlyMap<string, Figures>, after: ReadonlyMap<string, Figures>, except?: string): void {
    const { headerId, headerReserve, members } = this.tree;
    for (const { id, reserve } of [{ id: headerId, reserve: headerReserve }, ...members]) {
      const was = before.get(id)?.free ?? 0n;
      const kept = id === except ? 0n : reserve;
      expect(after.get(id)?.free ?? 0n).toBeGreaterThanOrEqual(was < kept ? was : kept);
      expect(after.get(id)?.frozen).toBe(before.get(id)?.frozen);
    }
  }
}

function add(map: Map<string, bigint>, key: string, amount: bigint): void {
  map.set(key, (map.get(key) ?? 0n) + amount);
}
