import { listLoans } from '../../../functions/pooling/loans/list-loans.ts';
import { readConfiguration } from '../../../functions/pooling/members/read-configuration.ts';
import type { Pool } from '../../../functions/pooling/pool.ts';
import type { Run } from '../../../functions/pooling/runs/run.ts';
import { legsOf, newPool, target, today, up, withMembers, yuan, zeroBalance } from './pools.ts';
import { balancesOf, move, openAccount, type TestPooling, worldOf } from './support.ts';

const entriesMax = 100;

/** Name, legal entity and balance of each account of the group. */
const accounts = [
  ['hq', 'G', 50_000n],
  ['r1', 'A', 3_000n],
  ['c1', 'A1', 20_000n],
  ['c2', 'A2', 1_000n],
  ['c3', 'A', 8_000n],
  ['r2', 'B', 10_000n],
  ['d1', 'B1', 4_000n],
  ['d2', 'B2', 0n],
  ['d3', 'B1', 1_500n],
  ['r3', 'G', 2_000n],
  ['e1', 'E', 0n],
  ['e2', 'E', 500n],
  ['s1', 'S', 30_000n],
] as const;

export interface Regions {
  readonly tenant: string;
  readonly pool: Pool;
  readonly ids: Readonly<Record<string, string>>;
}

/** A group of thirteen accounts on three levels, of nine entities, swept in many ways; HQ lends without bound. */
export async function regionsOf(pooling: TestPooling, tenant: string): Promise<Regions> {
  const opened = await Promise.all(
    accounts.map(([name, holder]) =>
      openAccount(pooling, tenant, { name, holder, limit: name === 'hq' ? 'no limit' : 'at least 0.00' }),
    ),
  );
  const ids: Record<string, string> = Object.fromEntries(accounts.map(([name], index) => [name, opened[index] ?? '']));
  const from = await worldOf(pooling, tenant);
  const paidIn = accounts
    .filter(([, , minor]) => minor > 0n)
    .map(([name, , minor]) => ({ from, to: ids[name] ?? '', minor }));
  const [first, ...further] = paidIn;
  if (first) await move(pooling, tenant, first, ...further);
  const under = (parent: string, name: string, agreed: object) => ({
    accountId: ids[name],
    parentAccountId: ids[parent],
    ...agreed,
  });
  const limits = [{ period: 'DAY', amount: yuan('25.00') }];
  const members = [
    under('hq', 'r1', { reserve: yuan('50.00'), up: [zeroBalance()] }),
    under('r1', 'c1', { reserve: yuan('20.00'), up: [zeroBalance()] }),
    under('r1', 'c2', { down: [target('20.00')] }),
    under('r1', 'c3', { up: [zeroBalance({ limits: [{ period: 'MONTH', amount: yuan('1000.00') }] })] }),
    under('hq', 'r2', { up: [zeroBalance()] }),
    under('r2', 'd1', { up: [zeroBalance({ limits })] }),
    under('r2', 'd2', { down: [target('60.00')] }),
    under('r2', 'd3', { up: [up({ method: 'MULTIPLE', multiple: yuan('10.00') })] }),
    under('hq', 'r3', { down: [target('120.00')] }),
    under('r3', 'e1', { down: [target('30.00')] }),
    under('r3', 'e2', {}),
    under('hq', 's1', { up: [up({ method: 'FIXED', amount: yuan('100.00') })] }),
  ];
  const pool = await withMembers(pooling.tools, await newPool(pooling, tenant, ids.hq ?? ''), {
    header: { unlimitedOverdraft: true },
    members,
  });
  return { tenant, pool, ids };
}

/** Everything that a run leaves behind, by names instead of ids. */
export async function endOf(pooling: TestPooling, { tenant, pool, ids }: Regions, runId: string) {
  const { tools, store } = pooling;
  const run = await store.readRun(tenant, runId);
  if (!run) throw new Error('The run is not there.');
  const configuration = await readConfiguration(tools, pool);
  const books = configuration.loanBooks.flatMap(({ accountId, controlId }) => [accountId, controlId]);
  const held = await tools.ledger.readAccounts(tenant, books);
  const positions = new Map([...held].map(([id, { posted }]) => [id, posted]));
  const { states } = await store.readStates(pool, Object.values(ids));
  const { at: _, ...ended } = run.ended ?? { at: '' };
  return {
    status: run.status,
    ended,
    legs: await legsOf(tools, run, ids),
    balances: await balancesOf(pooling, tenant, Object.values(ids)),
    loans: listLoans(pool, configuration, positions, '2026-03-02').map(
      ({ lender, borrower, outstanding }) => `${lender} → ${borrower} ${outstanding}`,
    ),
    states: Object.entries(ids).map(([name, id]) => {
      const { accountId: _id, parentId: _parent, ...state } = states.get(id) ?? { accountId: id, parentId: '' };
      return { name, ...state };
    }),
    posted: await postedBy(pooling, tenant, run, ids),
  };
}

/** Each entry that the run made on any account: 'c1 -18000'. */
async function postedBy({ tools }: TestPooling, tenant: string, run: Run, ids: Readonly<Record<string, string>>) {
  const query = { from: today, to: today, limit: entriesMax };
  const lines = await Promise.all(
    Object.entries(ids).map(async ([name, accountId]) => {
      const { entries } = await tools.ledger.readAccountStatement(tenant, accountId, query);
      return entries.filter(({ references }) => references.runId === run.id).map(({ amount }) => `${name} ${amount}`);
    }),
  );
  return lines.flat().sort();
}
