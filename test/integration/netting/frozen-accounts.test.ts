import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountStatus } from '../../../functions/ledger/published.ts';
import { takeTurn } from '../../../functions/netting/resolutions/take-turn.ts';
import type { CycleTools, SettlingTools } from '../../../functions/netting/tools.ts';
import { fourParties } from '../../functions/netting/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { changeAccount } from '../../support/ledger.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { largeRing, now, queueOnEngine, type TestQueue } from './queue-support.ts';
import { cycleToolsOf, settlingSteps, thursday } from './settling-support.ts';

describe('an account that is frozen', () => {
  let own: TestQueue;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());
  const { close, settle, ask, carryOn, position } = settlingSteps(() => own);

  const change = async (tenant: string, participant: string, status: AccountStatus) =>
    changeAccount(own.ledgerStore, { tenant, accountId: await own.accountOf(tenant, participant) }, { status }, now);

  /** Somebody's account is frozen in the moment before what is set aside is posted. */
  function freezing<Tools extends SettlingTools | CycleTools>(tools: Tools, participant: string): Tools {
    let isFrozen = false;
    const endHolds: Tools['ledger']['endHolds'] = async (tenant, endings, moment) => {
      if (!isFrozen) await change(tenant, participant, 'FROZEN');
      isFrozen = true;
      return tools.ledger.endHolds(tenant, endings, moment);
    };
    return { ...tools, ledger: { ...tools.ledger, endHolds } };
  }

  it('behind the hold of a set keeps it from nothing: all of it settles, and the queue is free', async () => {
    const ring = largeRing(45);
    const tenant = 'set';
    await own.open(tenant, { ...ring.balances, X: 5n, Y: 0n });
    await own.queue(tenant, ...ring.payments);
    const { id: resolutionId } = await own.start(tenant, 'only');
    await takeTurn(freezing(own.tools, 'P8'), { tenant, resolutionId }, now);
    expect(await own.find(tenant, resolutionId)).toMatchObject({
      ...{ state: 'ENDED', round: 1, failures: 0 },
      figures: { settledPayments: 90, movedAmount: 45n },
    });
    expect(await own.balances(tenant, ring.ids)).toEqual(ring.after);
    await own.queue(tenant, 'X→Y 5');
    expect(await own.resolve(tenant, 'another')).toMatchObject({ state: 'ENDED', figures: { settledPayments: 1 } });
  });

  it('behind what is set aside for a cycle keeps it from nothing: the cycle is settled', async () => {
    const centre = await own.open('cycle', { A: 0n, B: 100n, C: 0n, D: 0n });
    await close(centre, fourParties);
    await ask('cycle');
    const settled = await carryOn('cycle', own, thursday, freezing(cycleToolsOf(own), 'B'));
    expect(settled).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances('cycle', 'A B C D')).toEqual([20n, 30n, 40n, 10n]);
    expect(await position('cycle')).toBe(0n);
  });

  it('while another’s money is waited for keeps what was set aside on it for the cycle', async () => {
    // A owes 60 and has them, B owes 40 and has 39.
    const centre = await own.open('waiting', { A: 60n, B: 39n, C: 0n });
    await close(centre, [
      { payer: 'A', payee: 'C', currency: 'CNY', amount: 60n },
      { payer: 'B', payee: 'C', currency: 'CNY', amount: 40n },
    ]);
    expect((await settle('waiting')).settling).toMatchObject({ isWaiting: true });
    await change('waiting', 'A', 'FROZEN');
    await own.move('waiting', 'outside', 'B', 1n);
    expect(await settle('waiting')).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances('waiting', 'A B C')).toEqual([0n, 0n, 100n]);
  });

  it('before anything is set aside on it is named, and moves nothing until it is free', async () => {
    const centre = await own.open('before', { A: 60n, C: 0n });
    await close(centre, [{ payer: 'A', payee: 'C', currency: 'CNY', amount: 60n }]);
    await change('before', 'A', 'FROZEN');
    expect((await settle('before')).settling?.waiting.first).toMatchObject([
      { participant: 'A', code: 'ACCOUNT', detail: 'Its account is frozen: it takes credits only; unfreeze it.' },
    ]);
    await change('before', 'A', 'ACTIVE');
    expect(await settle('before')).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances('before', 'A C')).toEqual([0n, 60n]);
  });
});
