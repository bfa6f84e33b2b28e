import { describe, expect, it } from 'vitest';
import { addDays, businessDateOf } from '../../shared/calendar/plain-date.ts';
import { up, usePoolSystem, yuan, zeroBalance } from '../support/pool-system.ts';

const today = businessDateOf(new Date());
const keeps = (amount: string) => up({ method: 'TARGET', target: yuan(amount) });

describe('a header that invests, over the API', () => {
  const pools = usePoolSystem();
  const put = ({ members: named, ...more }: Record<string, unknown>) => pools.putMembers(named, more);
  const members = () => [
    { accountId: pools.ids.c1, entity: '禹道零售有限公司', up: [zeroBalance] },
    { accountId: pools.ids.c2, down: [keeps('20.00')] },
  ];
  const lent = { lender: '禹道零售有限公司', borrower: '禹道集团', contract: 'WD-1', creditLine: 'CL-7' };

  it('gives back its configuration in the form in which it is set', async () => {
    const header = {
      entity: '禹道集团',
      reserve: yuan('0.00'),
      unlimitedOverdraft: false,
      investment: { accountId: pools.ids.free, up: [keeps('50.00')], down: [{ ...keeps('50.00'), levels: 2 }] },
    };
    const loans = [{ ...lent, expiresOn: addDays(today, 30) }];
    expect(await put({ header, members: members(), loans })).toMatchObject({ status: 200, body: { version: 1 } });
    const shown = (await pools.api.get(`/v1/pools/${pools.ids.pool}/members`)).body;
    expect(shown).toMatchObject({ header, loans });
    const { version, ...again } = shown;
    expect(await put({ ...again, expectedVersion: version })).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await pools.api.get(`/v1/pools/${pools.ids.pool}/members`)).body).toEqual({ ...again, version: 2 });
  });

  it('invests what a run leaves it with, and stands below its investments in the tree', async () => {
    const started = await pools.api.post(`/v1/pools/${pools.ids.pool}/runs`, { businessDate: today });
    await pools.api.post('/local/quiesce', {});
    const run = (await pools.api.get(`/v1/pools/${pools.ids.pool}/runs/${started.body.id}`)).body;
    expect(
      run.legs.map((leg: { debitAccountId: string; creditAccountId: string; amount: { amount: string } }) => [
        leg.debitAccountId,
        leg.creditAccountId,
        leg.amount.amount,
      ]),
    ).toEqual([
      [pools.ids.c1, pools.ids.hq, '200.00'],
      [pools.ids.hq, pools.ids.free, '140.00'],
      [pools.ids.hq, pools.ids.c2, '10.00'],
    ]);
    const { tree, totals } = (await pools.api.get(`/v1/pools/${pools.ids.pool}/tree`)).body;
    expect(totals).toMatchObject([{ posted: yuan('210.00') }]);
    expect(
      tree.map((node: { name: string; level: number; posted: { amount: string }; position: { amount: string } }) => [
        node.name,
        node.level,
        node.posted.amount,
        node.position.amount,
      ]),
    ).toEqual([
      ['free', 0, '140.00', '-140.00'],
      ['hq', 1, '50.00', '140.00'],
      ['c1', 2, '0.00', '200.00'],
      ['c2', 2, '20.00', '-10.00'],
    ]);
  });

  it('shows a loan with the contract that it is drawn on, and tells when it is overdue', async () => {
    const loans = async () => (await pools.api.get(`/v1/pools/${pools.ids.pool}/loans`)).body.loans;
    const open = { ...lent, outstanding: yuan('200.00') };
    expect(await loans()).toMatchObject([{ ...open, contractState: 'IN_FORCE', expiresOn: addDays(today, 30) }]);
    await put({ members: members(), loans: [{ ...lent, expiresOn: addDays(today, -1) }] });
    expect(await loans()).toMatchObject([
      { ...open, contractState: 'EXPIRED', overdue: true, room: yuan('0.00'), expiresOn: addDays(today, -1) },
    ]);
  });

  it('takes an account of the same holder only: money of one entity with another is a loan', async () => {
    const other = { currency: 'CNY', holder: '禹道财务公司', name: 'other' };
    pools.ids.other = (await pools.api.post('/v1/accounts', other, 'open-other')).body.id;
    const refused = await put({
      header: { investment: { accountId: pools.ids.other, up: [zeroBalance] } },
      members: members(),
    });
    expect(refused.body.errors).toMatchObject([{ detail: expect.stringContaining('禹道财务公司') }]);
  });

  it.each([
    ['an investment on which nothing is agreed', { accountId: 'free' }, '/header/investment'],
    ['an account that is not there', { accountId: 'nobody', up: [zeroBalance] }, '/header/investment/accountId'],
    ['an escrow account', { accountId: 'escrow', up: [zeroBalance] }, '/header/investment/accountId'],
    ['an account in another currency', { accountId: 'euro', up: [zeroBalance] }, '/header/investment/accountId'],
    [
      'two agreements at once',
      { accountId: 'free', up: [zeroBalance, zeroBalance] },
      '/header/investment/up/1/effectiveFrom',
    ],
    [
      'an amount in another currency',
      { accountId: 'free', up: [up({ method: 'TARGET', target: { amount: '1.00', currency: 'EUR' } })] },
      '/header/investment/up/0/rule/target/currency',
    ],
    [
      'a recall that leaves what it recalls',
      { accountId: 'free', up: [up({ method: 'RECALL' }, { parentsMoney: 'LEAVE' })] },
      '/header/investment/up/0/parentsMoney',
    ],
    ['no level at all', { accountId: 'free', up: [{ ...zeroBalance, levels: 0 }] }, '/header/investment/up/0/levels'],
  ])('refuses %s, and names the place', async (_, { accountId, ...agreed }, pointer) => {
    const before = (await pools.api.get(`/v1/pools/${pools.ids.pool}/members`)).body;
    const investment = { accountId: pools.ids[accountId] ?? 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0E', ...agreed };
    const refused = await put({ header: { investment }, members: members() });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.body.errors).toMatchObject([{ pointer }]);
    expect((await pools.api.get(`/v1/pools/${pools.ids.pool}/members`)).body).toEqual(before);
  });

  it('refuses a contract that ends before it begins', async () => {
    const loans = [{ ...lent, effectiveFrom: '2026-03-02', expiresOn: '2026-03-01' }];
    expect((await put({ members: members(), loans })).body.errors).toMatchObject([{ pointer: '/loans/0/expiresOn' }]);
  });
});
