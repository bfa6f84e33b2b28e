import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as channels from '../../../functions/settlement/channels/channel-examples.ts';
import * as markets from '../../../functions/settlement/markets/market-examples.ts';
import * as merchants from '../../../functions/settlement/merchants/merchant-examples.ts';
import * as rules from '../../../functions/settlement/rules/rule-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { signIn, startInMemory } from '../../support/system.ts';

/** The examples of the reference, one after the other on a fresh system, and what is refused between them. */
describe('settlement through the API', () => {
  let system: System;
  let api: ApiClient;
  let treasurer: ApiClient;
  let ruleId = '';

  beforeAll(async () => {
    system = await startInMemory();
    api = await signIn(system.url, 'operator');
    treasurer = await signIn(system.url, 'treasurer');
  });
  afterAll(() => system?.stop());

  const marketPath = `/v1/markets/${markets.getMarket.path.marketId}`;
  const account = (id: string) => treasurer.get(`/v1/accounts/${id}`).then(expectSuccess);

  it('begins with a market, whose accounts nobody else moves', async () => {
    const made = await api.post('/v1/markets', markets.createMarket.body, 'm1');
    const { accounts, changedAt } = expectSuccess(made);
    expect(made).toEqual({ status: 201, body: { ...markets.createMarket.response, accounts, changedAt } });
    expect(await api.post('/v1/markets', markets.createMarket.body, 'm1')).toEqual(made);
    expect(await account(accounts.supervised)).toMatchObject({
      ...{ currency: 'CNY', purpose: 'ESCROW', holder: markets.createMarket.body.legalEntity },
      ...{ constraint: { type: 'NONE' }, references: { marketId: 'mkt_chengdu' } },
    });
    const { id: other } = expectSuccess(
      await treasurer.post('/v1/accounts', { currency: 'CNY', holder: '甲', constraint: { type: 'NONE' } }, 'a1'),
    );
    const move = (to: string, key: string) => {
      const amount = { amount: '1.00', currency: 'CNY' };
      return treasurer.post('/v1/transfers', { legs: [{ debitAccountId: other, creditAccountId: to, amount }] }, key);
    };
    expect(await move(accounts.supervised, 't1')).toMatchObject({
      status: 409,
      body: { code: 'ledger/account-owned' },
    });
    expect(await move(accounts.own, 't2')).toMatchObject({ status: 201 });
    // What a merchant pays of its bill.
    expect(await move(accounts.claims, 't3')).toMatchObject({ status: 201 });
    expect(await account(accounts.claims)).toMatchObject({ owner: 'settlement', takesCredits: true });
    const amount = { amount: '1.00', currency: 'CNY' };
    const taken = { legs: [{ debitAccountId: accounts.claims, creditAccountId: other, amount }] };
    expect(await treasurer.post('/v1/transfers', taken, 't4')).toMatchObject({
      ...{ status: 409, body: { code: 'ledger/account-owned' } },
    });
    expect(expectSuccess(await api.get('/v1/markets?limit=1')).markets).toEqual([made.body]);
    const changed = expectSuccess(await api.patch(marketPath, markets.changeMarket.body, 'p1'));
    expect(changed).toEqual({ ...markets.changeMarket.response, accounts, changedAt: changed.changedAt });
    expect(expectSuccess(await treasurer.get(marketPath))).toEqual(changed);
    expect(await (await signIn(system.url, 'operator-2')).get(marketPath)).toMatchObject({
      ...{ status: 404, body: { code: 'settlement/market-not-found' } },
    });
    expect(await treasurer.patch(marketPath, { name: '乙' }, 'p2')).toMatchObject({ status: 403 });
  });

  it('is paid over channels in dated terms', async () => {
    const path = `${marketPath}/channels`;
    const put = expectSuccess(await api.put(`${path}/wechat`, channels.putPayChannel.body));
    const { accountId, changedAt } = put;
    expect(put).toEqual({ ...channels.putPayChannel.response, accountId, changedAt });
    expect(await account(accountId)).toMatchObject({ purpose: 'CLEARING', constraint: { type: 'NONE' } });
    expect(expectSuccess(await treasurer.get(`${path}/wechat`))).toEqual(put);
    expect(await api.get(`${path}/alipay`)).toMatchObject({
      status: 404,
      body: { code: 'settlement/channel-not-found' },
    });
    const listed = expectSuccess(await api.get(path));
    expect(listed.channels).toEqual([put]);
    expect(listed.offered).toContainEqual(channels.listPayChannels.response.offered[0]);
    const dollars = {
      ...channels.putPayChannel.body,
      versions: [{ effectiveFrom: '2025-01-01', minimum: { amount: '1.00', currency: 'USD' } }],
    };
    expect(await api.put(`${path}/usd`, dollars)).toMatchObject({
      ...{
        status: 409,
        body: { code: 'settlement/channel-refused', errors: [{ pointer: '/versions/0/minimum/currency' }] },
      },
    });
  });

  it('has merchants, whose account numbers are shown masked, and who see themselves only', async () => {
    const made = await api.post('/v1/merchants', merchants.createMerchant.body, 's1');
    const { payableAccountId, subsidyAccountId, changedAt } = expectSuccess(made);
    const accounts = { payableAccountId, subsidyAccountId };
    expect(made).toEqual({ status: 201, body: { ...merchants.createMerchant.response, ...accounts, changedAt } });
    expect(await account(payableAccountId)).toMatchObject({ purpose: 'ESCROW' });
    expect(await account(subsidyAccountId)).toMatchObject({ purpose: 'GENERAL' });
    const others = [
      { ...merchants.createMerchant.body, id: 'mer_potter', name: '陶艺坊' },
      { ...merchants.createMerchant.body, id: 'mer_demo', name: '示范商家' },
    ];
    for (const one of others) expectSuccess(await api.post('/v1/merchants', one, one.id));
    const merchant = await signIn(system.url, 'merchant');
    expect(await merchant.get('/v1/merchants/mer_demo')).toMatchObject({ status: 200, body: { name: '示范商家' } });
    expect(await merchant.get('/v1/merchants/mer_teahouse')).toMatchObject({
      ...{ status: 404, body: { code: 'settlement/merchant-not-found' } },
    });
    const all = expectSuccess(await treasurer.get('/v1/merchants?marketId=mkt_chengdu')).merchants as { id: string }[];
    expect(all.map(({ id }) => id)).toEqual(['mer_demo', 'mer_potter', 'mer_teahouse']);
    expect(JSON.stringify(all)).not.toContain('51001881236052505123');
    const changed = expectSuccess(await api.patch('/v1/merchants/mer_teahouse', merchants.changeMerchant.body, 'p3'));
    expect(changed).toEqual({ ...merchants.changeMerchant.response, ...accounts, changedAt: changed.changedAt });
    const payout = { to: 'LEDGER', accountId: payableAccountId };
    expect(await api.patch('/v1/merchants/mer_potter', { payout }, 'p4')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/payout-account', errors: [{ pointer: '/payout/accountId' }] } },
    });
  });

  it('splits by rules in versions that never change', async () => {
    const made = await api.post('/v1/split-rules', rules.createSplitRule.body, 'r1');
    const rule = expectSuccess(made);
    ruleId = rule.id;
    const { changedAt } = rule;
    const [{ createdAt }] = rule.versions;
    const [version] = rules.createSplitRule.response.versions;
    expect(made).toEqual({
      status: 201,
      body: { ...rules.createSplitRule.response, id: ruleId, changedAt, versions: [{ ...version, createdAt }] },
    });
    const added = await api.post(`/v1/split-rules/${ruleId}/versions`, rules.addSplitRuleVersion.body, 'v2');
    expect(added).toEqual({
      status: 201,
      body: { ...rules.addSplitRuleVersion.response, createdAt: expectSuccess(added).createdAt },
    });
    const now = expectSuccess(await treasurer.get(`/v1/split-rules/${ruleId}`));
    expect(now.versions).toEqual([{ ...version, createdAt, lastDay: '2098-12-31' }, added.body]);
    const { versions: _, ...head } = now;
    expect(expectSuccess(await api.get('/v1/split-rules?marketId=mkt_chengdu')).rules).toEqual([head]);
    const past = { ...rules.addSplitRuleVersion.body, effectiveFrom: '2025-01-01', expectedVersion: 2 };
    expect(await api.post(`/v1/split-rules/${ruleId}/versions`, past, 'v3')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/version-in-past' } },
    });
  });

  it('shows what a rule makes of an order, and writes nothing', async () => {
    const path = `/v1/split-rules/${ruleId}/simulate`;
    const seen = expectSuccess(await treasurer.post(path, rules.simulateSplit.body));
    expect(seen).toEqual({ ...rules.simulateSplit.response, ruleId });
    const amounts = { order: { amount: '100.00', currency: 'CNY' }, paid: { amount: '100.00', currency: 'CNY' } };
    const stranger = { paidAt: '2025-09-26T10:00:00+08:00', amounts: { ...amounts, merchantId: 'mer_none' } };
    expect(await api.post(path, stranger)).toMatchObject({
      ...{ status: 404, body: { code: 'settlement/merchant-not-found', errors: [{ pointer: '/amounts/merchantId' }] } },
    });
    const foreign = {
      ...rules.createSplitRule.body,
      lines: [
        { sequence: 1, receiver: 'mer_none', share: { kind: 'FIXED', amount: { amount: '1.00', currency: 'USD' } } },
        { sequence: 2, share: { kind: 'REMAINDER' } },
      ],
      method: 'FIXED',
    };
    expect(await api.post('/v1/split-rules', foreign, 'r2')).toMatchObject({
      status: 409,
      body: {
        code: 'settlement/split-rule-refused',
        errors: [{ pointer: '/lines/0/share/amount/currency' }, { pointer: '/lines/0/receiver' }],
      },
    });
  });
});
