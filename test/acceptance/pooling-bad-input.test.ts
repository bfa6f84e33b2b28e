import { describe, expect, it } from 'vitest';
import { up, usePoolSystem, yuan, zeroBalance } from '../support/pool-system.ts';

describe('members that cannot be', () => {
  const pools = usePoolSystem();

  const firstFault = (body: Record<string, unknown>) =>
    (body.errors as { pointer?: string }[] | undefined)?.[0]?.pointer;

  it.each([
    [
      'an account that is not there',
      () => [{ accountId: 'acc_00000000000000000000000000' }],
      404,
      'pooling/account-not-found',
      '/members/0/accountId',
    ],
    [
      'an account of another tenant',
      () => [pools.member('foreign')],
      404,
      'pooling/account-not-found',
      '/members/0/accountId',
    ],
    [
      'a wage account',
      () => [pools.member('c1'), pools.member('wage')],
      409,
      'pooling/account-not-allowed',
      '/members/1/accountId',
    ],
    ['an escrow account', () => [pools.member('escrow')], 409, 'pooling/account-not-allowed', '/members/0/accountId'],
    ['a reserve account', () => [pools.member('reserve')], 409, 'pooling/account-not-allowed', '/members/0/accountId'],
    ['a hot account', () => [pools.member('hot')], 409, 'pooling/account-not-allowed', '/members/0/accountId'],
    [
      'an account in another currency',
      () => [pools.member('euro')],
      400,
      'pooling/currency-mismatch',
      '/members/0/accountId',
    ],
    [
      'an amount in another currency',
      () => [pools.member('c1', { reserve: { amount: '1.00', currency: 'EUR' } })],
      400,
      'pooling/currency-mismatch',
      '/members/0/reserve/currency',
    ],
    [
      'two parents',
      () => [pools.member('r1'), pools.member('c1', { parentAccountId: pools.ids.r1 }), pools.member('c1')],
      400,
      'pooling/tree-malformed',
      '/members/2/accountId',
    ],
    [
      'a cycle',
      () => [
        pools.member('r1', { parentAccountId: pools.ids.c1 }),
        pools.member('c1', { parentAccountId: pools.ids.r1 }),
      ],
      400,
      'pooling/tree-malformed',
      '/members/0/parentAccountId',
    ],
    [
      'a parent that is no member',
      () => [pools.member('c1', { parentAccountId: pools.ids.free })],
      400,
      'pooling/tree-malformed',
      '/members/0/parentAccountId',
    ],
    ['the header as its own member', () => [pools.member('hq')], 400, 'pooling/tree-malformed', '/members/0/accountId'],
    [
      'a percentage over 100',
      () => [pools.member('c1', { up: [up({ method: 'PERCENTAGE', percentage: '100.0001' })] })],
      400,
      'request/malformed',
      '/members/0/up/0/rule/percentage',
    ],
    [
      'ranges that overlap',
      () => [
        pools.member('c1', {
          up: [
            up({
              method: 'RANGE',
              tiers: [
                { from: yuan('0.00'), to: yuan('100.00'), rule: { method: 'ZERO_BALANCE' } },
                { from: yuan('99.99'), rule: { method: 'ZERO_BALANCE' } },
              ],
            }),
          ],
        }),
      ],
      400,
      'request/malformed',
      '/members/0/up/0/rule/tiers/0/to',
    ],
    [
      'a reserve below zero',
      () => [pools.member('c1', { reserve: yuan('-0.01') })],
      400,
      'request/malformed',
      '/members/0/reserve/amount',
    ],
    [
      'an expiry before the effect',
      () => [pools.member('c1', { up: [up({ method: 'ZERO_BALANCE' }, { expiresOn: '2025-12-31' })] })],
      400,
      'request/malformed',
      '/members/0/up/0/expiresOn',
    ],
    [
      'a schedule at 25:00',
      () => [
        pools.member('c1', {
          up: [up({ method: 'ZERO_BALANCE' }, { schedule: { frequency: 'DAILY', times: ['25:00'] } })],
        }),
      ],
      400,
      'request/malformed',
      '/members/0/up/0/schedule/times/0',
    ],
    [
      'two agreements in force at once',
      () => [pools.member('c1', { up: [zeroBalance, zeroBalance] })],
      400,
      'pooling/members-malformed',
      '/members/0/up/1/effectiveFrom',
    ],
    [
      'an unknown method',
      () => [pools.member('c1', { up: [up({ method: 'ALL' })] })],
      400,
      'request/malformed',
      '/members/0/up/0/rule/method',
    ],
    ['an unknown field', () => [pools.member('c1', { prio: 1 })], 400, 'request/malformed', '/members/0/prio'],
  ])('refuses %s, says where, and changes nothing', async (_, members, status, code, pointer) => {
    const before = (await pools.api.get(`/v1/pools/${pools.ids.pool}`)).body;
    const answer = await pools.putMembers(members());
    expect({ status: answer.status, code: answer.body.code, pointer: firstFault(answer.body) }).toEqual({
      status,
      code,
      pointer,
    });
    expect((await pools.api.get(`/v1/pools/${pools.ids.pool}`)).body).toEqual(before);
  });
});
