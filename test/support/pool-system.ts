import { afterAll, beforeAll } from 'vitest';
import { rawCall, signIn, startInMemory, tokenOf } from './system.ts';

export const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** An agreement as a treasurer writes it. */
export const up = (rule: object, more: object = {}) => ({ effectiveFrom: '2026-01-01', rule, ...more });
export const zeroBalance = up({ method: 'ZERO_BALANCE' });

/** `startPoolSystem` for the tests of a describe: there from its `beforeAll` on, stopped after them. */
export function usePoolSystem(): PoolSystem {
  const pools = {} as PoolSystem;
  beforeAll(async () => {
    Object.assign(pools, await startPoolSystem());
  });
  afterAll(() => pools.system?.stop());
  return pools;
}

/**
 * A local system with a pool of the tenant `demo` around the account `hq`, and accounts of all kinds by name: r1 holds
 * 30.00, c1 200.00, c2 10.00, `frozen` 70.00 and `shut` 80.00.
 */
async function startPoolSystem() {
  const system = await startInMemory();
  const api = await signIn(system.url, 'treasurer');
  const token = await tokenOf(system.url, 'treasurer');
  const ids: Record<string, string> = {};
  const open = async (key: string, more: object = {}) => {
    const body = { currency: 'CNY', holder: '禹道集团', name: key, ...more };
    ids[key] = (await api.post('/v1/accounts', body, `open-${key}`)).body.id;
  };
  await open('capital', { constraint: { type: 'NONE' } });
  for (const key of ['hq', 'r1', 'c1', 'c2', 'frozen', 'shut', 'payee', 'free']) await open(key);
  for (const purpose of ['WAGE', 'ESCROW', 'RESERVE']) await open(purpose.toLowerCase(), { purpose });
  await open('hot', { hot: true, constraint: { type: 'NONE' } });
  await open('euro', { currency: 'EUR' });
  const stranger = await signIn(system.url, 'treasurer-2');
  ids.foreign = (await stranger.post('/v1/accounts', { currency: 'CNY', holder: 'Stranger' }, 'open')).body.id;
  const funding = { r1: '30.00', c1: '200.00', c2: '10.00', frozen: '70.00', shut: '80.00' };
  const legs = Object.entries(funding).map(([key, amount]) => ({
    debitAccountId: ids.capital,
    creditAccountId: ids[key],
    amount: yuan(amount),
  }));
  await api.post('/v1/transfers', { legs }, 'fund');
  await api.patch(`/v1/accounts/${ids.frozen}`, { status: 'FROZEN' }, 'freeze');
  const request = { name: 'Group', currency: 'CNY', kind: 'PHYSICAL', headerAccountId: ids.hq };
  ids.pool = (await api.post('/v1/pools', request, 'pool')).body.id;
  return {
    system,
    api,
    ids,
    member: (key: string, more: object = {}) => ({ accountId: ids[key], ...more }),
    putMembers: (members: unknown, more: object = {}) => {
      const body = JSON.stringify({ members, ...more });
      return rawCall(system.url, 'PUT', `/v1/pools/${ids.pool}/members`, { token, body });
    },
  };
}

type PoolSystem = Awaited<ReturnType<typeof startPoolSystem>>;
