import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putChannel } from '../../../functions/settlement/channels/keep-channel.ts';
import * as markets from '../../../functions/settlement/markets/keep-market.ts';
import * as merchants from '../../../functions/settlement/merchants/keep-merchant.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import { aChannel, aMarket, aMerchant, at, cause, on } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { claimOf, settlementOnEngine, type TestSettlement } from './support.ts';

const now = new Date(at);

describe.each(engines())('parties of settlement on $kind', (engine) => {
  let own: TestSettlement;
  beforeAll(async () => {
    own = await settlementOnEngine(engine);
  });
  afterAll(() => own?.close());

  const record = (tenant: string, key: string, more: Parameters<typeof aMarket>[0] = {}, channels: string[] = []) => {
    const { accounts: _a, revision: _r, changedAt: _c, cause: _ca, ...content } = aMarket({ tenant, ...more });
    const claim = claimOf('createMarket', key, content.id, `${content.id} ${content.currency}`);
    return markets.createMarket(own.tools, content, channels, claim, now);
  };
  const join = (tenant: string, key: string, more: Partial<Merchant> = {}) => {
    const {
      state: _s,
      payableAccountId: _p,
      subsidyAccountId: _sa,
      revision: _r,
      changedAt: _c,
      cause: _ca,
      ...content
    } = aMerchant({
      tenant,
      ...more,
    });
    return merchants.createMerchant(own.tools, content, claimOf('createMerchant', key, content.id), now);
  };

  it('are one market per id and key, with accounts that fit it', async () => {
    const made = await record('one', 'a');
    expect(await record('one', 'a')).toEqual(made);
    await expect(record('one', 'b')).rejects.toMatchObject({
      code: 'settlement/market-id-taken',
      fields: { errors: [{ pointer: '/id' }] },
    });
    await expect(record('one', 'a', { id: 'mkt_other' })).rejects.toMatchObject({
      code: 'request/idempotency-key-reused',
    });
    // Of two at once in two currencies, one is the market, and its accounts are in its currency.
    const both = await Promise.allSettled([record('race', 'cny'), record('race', 'usd', { currency: 'USD' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const market = await markets.findMarket(own.store, 'race', 'mkt_chengdu');
    for (const account of Object.values(market.accounts)) {
      expect(own.opened.get(account.replace('acc of ', ''))?.account.currency).toBe(market.currency);
    }
  });

  it('have accounts that nobody else moves and that refuse nothing, but for what the market gives itself', async () => {
    const { accounts } = await record('accounts', 'a');
    const termsOf = (id: string) => {
      const { account, constraint, owned } = own.opened.get(id.replace('acc of ', '')) ?? {};
      return { holder: account?.holder, purpose: account?.purpose, constraint, owned };
    };
    const holder = aMarket().legalEntity;
    const none = { type: 'NONE' };
    expect(termsOf(accounts.supervised)).toEqual({ holder, purpose: 'ESCROW', constraint: none, owned: true });
    expect(termsOf(accounts.inTransit)).toEqual({ holder, purpose: 'CLEARING', constraint: none, owned: true });
    expect(termsOf(accounts.paidOut)).toEqual({ holder, purpose: 'CLEARING', constraint: none, owned: true });
    expect(termsOf(accounts.claims)).toEqual({ holder, purpose: 'GENERAL', constraint: none, owned: true });
    const bounded = { type: 'MIN_BALANCE', minor: 0n };
    expect(termsOf(accounts.own)).toEqual({ holder, purpose: 'GENERAL', constraint: bounded, owned: false });
    const { payableAccountId, subsidyAccountId } = await join('accounts', 'm');
    expect(termsOf(payableAccountId)).toEqual({ holder, purpose: 'ESCROW', constraint: none, owned: true });
    expect(termsOf(subsidyAccountId)).toEqual({ holder, purpose: 'GENERAL', constraint: bounded, owned: false });
  });

  it('are markets that are changed by one after the other, and not over what was not seen', async () => {
    await record('change', 'a');
    const which = { tenant: 'change', marketId: 'mkt_chengdu' };
    const change = (more: markets.MarketChange, expectedVersion?: number) =>
      markets.changeMarket(own.store, which, more, {
        ...on,
        ...(expectedVersion !== undefined && { expectedVersion }),
      });
    const shortfall = { kind: 'RECOVER', basisPoints: 3_000n } as const;
    const changed = await change({ shortfall }, 1);
    expect(changed).toMatchObject({ shortfall, revision: 2 });
    expect(await change({ shortfall }, 1)).toEqual(changed);
    const before = await own.snapshot();
    await expect(change({ name: '乙市场' }, 1)).rejects.toMatchObject({ code: 'settlement/version-conflict' });
    expect(await own.snapshot()).toEqual(before);
    await Promise.all([
      change({ name: '乙市场' }),
      change({ orderTimeoutMinutes: 15 }),
      change({ calendar: 'TARGET' }),
    ]);
    expect(await markets.findMarket(own.store, 'change', 'mkt_chengdu')).toMatchObject({
      ...{ name: '乙市场', orderTimeoutMinutes: 15, calendar: 'TARGET', revision: 5 },
    });
  });

  it('are merchants of a market, each id once for the tenant, and listed by id', async () => {
    await record('shops', 'a');
    await record('shops', 'b', { id: 'mkt_other' });
    const made = await join('shops', 'm1');
    expect(await join('shops', 'm1')).toEqual(made);
    await expect(join('shops', 'm2', { marketId: 'mkt_other' })).rejects.toMatchObject({
      code: 'settlement/merchant-id-taken',
    });
    await expect(join('shops', 'm3', { id: 'mer_b', marketId: 'mkt_none' })).rejects.toMatchObject({
      ...{ code: 'settlement/market-not-found', fields: { errors: [{ pointer: '/marketId' }] } },
    });
    await join('shops', 'm4', { id: 'mer_a' });
    await join('shops', 'm5', { id: 'mer_z', marketId: 'mkt_other' });
    const first = await own.store.listMerchants('shops', 'mkt_chengdu', undefined, 1);
    expect([first.merchants.map(({ id }) => id), first.next]).toEqual([['mer_a'], 'mer_a']);
    const rest = await own.store.listMerchants('shops', 'mkt_chengdu', first.next, 5);
    expect([rest.merchants.map(({ id }) => id), rest.next]).toEqual([['mer_teahouse'], undefined]);
    expect((await own.store.listMerchants('others', 'mkt_chengdu', undefined, 5)).merchants).toEqual([]);
  });

  it('are merchants that see themselves only', async () => {
    await record('own', 'a');
    await join('own', 'm1');
    await join('own', 'm2', { id: 'mer_b' });
    const see = (merchant: string, id: string) => merchants.findMerchant(own.store, { tenant: 'own', merchant }, id);
    expect(await see('mer_b', 'mer_b')).toMatchObject({ id: 'mer_b' });
    await expect(see('mer_b', 'mer_teahouse')).rejects.toMatchObject({ code: 'settlement/merchant-not-found' });
    await expect(see('mer_none', 'mer_none')).rejects.toMatchObject({ code: 'settlement/merchant-not-found' });
  });

  it('are merchants that are paid to an account that fits, and nothing is written where it does not', async () => {
    await record('payout', 'a');
    await join('payout', 'm1');
    own.accounts.set('acc_usd', {
      ...{ id: 'acc_usd', currency: 'USD', holder: '甲', purpose: 'GENERAL', hot: false, hasBankAccount: false },
      ...{ status: 'ACTIVE', posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n, version: 0 },
    });
    own.accounts.set('acc_cny', { ...own.accounts.get('acc_usd'), id: 'acc_cny', currency: 'CNY' } as never);
    const which = { tenant: 'payout', merchantId: 'mer_teahouse' };
    const pay = (accountId: string) =>
      merchants.applyChange(own.tools, which, { payout: { to: 'LEDGER', accountId } }, on);
    const before = await own.snapshot();
    for (const accountId of ['acc_usd', 'acc_none']) {
      await expect(pay(accountId)).rejects.toMatchObject({
        ...{ code: 'settlement/payout-account', fields: { errors: [{ pointer: '/payout/accountId' }] } },
      });
    }
    expect(await own.snapshot()).toEqual(before);
    expect(await pay('acc_cny')).toMatchObject({ payout: { to: 'LEDGER', accountId: 'acc_cny' }, revision: 2 });
    await join('payout', 'm2', { id: 'mer_person', kind: 'PERSON' });
    const person = { tenant: 'payout', merchantId: 'mer_person' };
    await expect(merchants.applyChange(own.tools, person, { clawBackSince: '2025-09-01' }, on)).rejects.toMatchObject({
      ...{ code: 'request/malformed', fields: { errors: [{ pointer: '/clawBackSince' }] } },
    });
  });

  it('are paid over channels, whose past terms stay', async () => {
    const market = await record('channels', 'a', {}, ['ALIPAY', 'OFFLINE']);
    const { tenant, id: marketId } = market;
    expect((await own.store.listChannels(tenant, marketId)).map(({ id, accountId }) => [id, accountId])).toEqual([
      ['ALIPAY', expect.stringContaining('channel ALIPAY')],
      ['OFFLINE', expect.stringContaining('channel OFFLINE')],
    ]);
    const put = (more: Parameters<typeof aChannel>[0] = {}, expectedVersion?: number) =>
      putChannel(
        own.tools,
        {
          ...{ tenant, marketId, channelId: 'wechat', callbackKeys: [], foreignIn: () => [] },
          channelIn: () => {
            const { id, kind, currency, payMethods, told, versions } = aChannel(more);
            return { id, kind, currency, payMethods, told, versions };
          },
          ...(expectedVersion !== undefined && { expectedVersion }),
        },
        cause,
        now,
      );
    const first = await put({}, 0);
    expect(first).toMatchObject({ revision: 1, accountId: expect.stringContaining('channel wechat') });
    expect(await put({}, 0)).toEqual(first);
    const [terms] = aChannel().versions;
    if (!terms) throw new Error('The sample has terms.');
    const dearer = { ...terms, fee: { basisPoints: 100n, fixed: 0n } };
    await expect(put({ versions: [dearer] })).rejects.toMatchObject({
      ...{ code: 'settlement/version-in-past', fields: { earliest: '2025-09-27' } },
    });
    await expect(put({ kind: 'ALIPAY' })).rejects.toMatchObject({
      ...{ code: 'settlement/channel-refused', fields: { errors: [{ pointer: '/kind' }] } },
    });
    const versions = [
      { ...terms, effectiveTo: '2025-09-30' },
      { ...dearer, effectiveFrom: '2025-10-01' },
    ];
    expect(await put({ versions })).toMatchObject({ versions, revision: 2, accountId: first.accountId });
    await expect(put({}, 1)).rejects.toMatchObject({ code: 'settlement/version-conflict' });
  });
});
