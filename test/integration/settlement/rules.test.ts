import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as rules from '../../../functions/settlement/rules/keep-rule.ts';
import { aMarket, aMerchant, at, aVersion } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { claimOf, settlementOnEngine, type TestSettlement } from './support.ts';

const now = new Date(at);
const asked = (more: Partial<rules.AskedVersion['content']> = {}): rules.AskedVersion => {
  const { base, method, lines, effectiveFrom, failureMode, aggregate, clearing } = aVersion();
  return {
    content: { base, method, lines, effectiveFrom, failureMode, aggregate, ...more },
    clearingIn: ({ calendar }) => ({ ...clearing, calendar }),
    foreignIn: () => [],
  };
};

describe.each(engines())('split rules on $kind', (engine) => {
  let own: TestSettlement;
  beforeAll(async () => {
    own = await settlementOnEngine(engine);
    for (const tenant of ['one', 'versions', 'race', 'past']) {
      const market = aMarket({ tenant });
      await own.store.createMarket(market, [], claimOf('createMarket', 'a', market.id));
      const merchant = aMerchant({ tenant });
      await own.store.createMerchant(merchant, claimOf('createMerchant', 'a', merchant.id));
    }
    const stranger = aMerchant({ tenant: 'one', id: 'mer_stranger', marketId: 'mkt_other' });
    await own.store.createMerchant(stranger, claimOf('createMerchant', 'b', stranger.id));
  });
  afterAll(() => own?.close());

  const make = (tenant: string, key: string, of = asked(), marketId = 'mkt_chengdu') =>
    rules.createRule(
      own.store,
      { tenant, marketId, name: '茶庄 5%' },
      of,
      claimOf('createSplitRule', key, `rule_${key}`),
    );
  const add = (tenant: string, key: string, of: rules.AskedVersion, more: object = {}) =>
    rules.addVersion(own.store, { tenant, ruleId: 'rule_a', ...more }, of, claimOf('addVersion', key, 'rule_x'), now);

  it('are made once per key, also with a first version that begins in the past, and listed by market', async () => {
    const made = await make('one', 'a', asked({ effectiveFrom: '2020-01-01' }));
    expect(made).toMatchObject({ head: { revision: 1, currency: 'CNY' }, versions: [{ version: 1 }] });
    expect(await make('one', 'a')).toEqual(made);
    expect(await rules.findRule(own.store, 'one', 'rule_a')).toEqual(made);
    await make('one', 'b');
    const { rules: first, next } = await own.store.listRules('one', 'mkt_chengdu', undefined, 1);
    expect([first.map(({ id }) => id), next]).toEqual([['rule_a'], 'rule_a']);
    const { rules: rest } = await own.store.listRules('one', 'mkt_chengdu', next, 5);
    expect(rest.map(({ id }) => id)).toEqual(['rule_b']);
    await expect(rules.findRule(own.store, 'versions', 'rule_b')).rejects.toMatchObject({
      code: 'settlement/split-rule-not-found',
    });
  });

  it('have receivers of their market only, and nothing is written where they have not', async () => {
    const before = await own.snapshot();
    const lines = [
      { sequence: 1, receiver: 'mer_stranger', share: { kind: 'FIXED', amount: 1n } },
      { sequence: 2, receiver: 'mer_nobody', share: { kind: 'FIXED', amount: 1n } },
      { sequence: 3, share: { kind: 'REMAINDER' } },
    ] as const;
    await expect(make('one', 'c', asked({ method: 'FIXED', lines }))).rejects.toMatchObject({
      code: 'settlement/split-rule-refused',
      fields: { errors: [{ pointer: '/lines/0/receiver' }, { pointer: '/lines/1/receiver' }] },
    });
    await expect(make('one', 'd', asked(), 'mkt_none')).rejects.toMatchObject({ code: 'settlement/market-not-found' });
    expect(await own.snapshot()).toEqual(before);
  });

  it('get their next versions once per key, and keep those before as they were', async () => {
    const { versions: first } = await make('versions', 'a');
    const next = asked({
      effectiveFrom: '2025-10-01',
      lines: [{ sequence: 1, share: { kind: 'REMAINDER' } }],
      method: 'FIXED',
    });
    const added = await add('versions', 'v2', next, { expectedVersion: 1 });
    expect(added).toMatchObject({ version: 2, rule: { head: { revision: 2 } } });
    expect(await add('versions', 'v2', next, { expectedVersion: 1 })).toEqual(added);
    await expect(add('versions', 'v3', next, { expectedVersion: 1 })).rejects.toMatchObject({
      ...{ code: 'settlement/version-conflict', fields: { version: 2 } },
    });
    const { versions } = await rules.findRule(own.store, 'versions', 'rule_a');
    expect(versions.slice(0, 1)).toEqual(first);
    expect(versions.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('leave days that have begun as they are: the next version begins on the market’s next day at the earliest', async () => {
    await make('past', 'a');
    await expect(add('past', 'x', asked({ effectiveFrom: '2025-09-26' }))).rejects.toMatchObject({
      ...{
        code: 'settlement/version-in-past',
        fields: { earliest: '2025-09-27', errors: [{ pointer: '/effectiveFrom' }] },
      },
    });
    expect(await add('past', 'y', asked({ effectiveFrom: '2025-09-27' }))).toMatchObject({ version: 2 });
  });

  it('to which several versions are added at once get all of them, each with a number of its own', async () => {
    await make('race', 'a');
    const all = await Promise.all(
      ['1', '2', '3', '4'].map((key) => add('race', key, asked({ effectiveFrom: '2025-10-01' }))),
    );
    expect(all.map(({ version }) => version).sort()).toEqual([2, 3, 4, 5]);
    const { head, versions } = await rules.findRule(own.store, 'race', 'rule_a');
    expect([head.revision, versions.length]).toEqual([5, 5]);
  });
});
