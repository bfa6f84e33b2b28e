import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../../functions/ledger/commands.ts';
import { foldHot } from '../../../functions/ledger/fold-hot.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';
import { testSeed } from '../../support/random.ts';

/** However commands are packed into transactions, what comes of them is what comes of them one after the other. */
const names = ['capital', 'clearing', 'a', 'b', 'c'];
const accounts = fc.nat({ max: names.length - 1 });
const line = fc.record({
  from: accounts,
  to: accounts,
  minor: fc.bigInt({ min: 1n, max: 60n }),
  kind: fc.constantFrom('TRANSFER', 'TRANSFER', 'HOLD', 'POST', 'VOID', 'REVERSE'),
  target: fc.nat({ max: 200 }),
  key: fc.nat({ max: 150 }),
});

describe('one call with many commands', () => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine();
  });
  afterAll(() => ledger?.close());

  const seed = testSeed();
  it(`comes to the same as the commands one after the other (seed ${seed})`, { timeout: 120_000 }, async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 150 }), async (lines) => {
        run += 1;
        const together = await play(`together${run}`, lines, (commands, tenant) =>
          submit(ledger.store, tenant, commands, testNow),
        );
        const apart = await play(`apart${run}`, lines, async (commands, tenant) => {
          const outcomes = [];
          for (const command of commands) outcomes.push(...(await submit(ledger.store, tenant, [command], testNow)));
          return outcomes;
        });
        expect(together).toEqual(apart);
      }),
      { seed, numRuns: 12, endOnFailure: true },
    );
  });

  async function play(
    tenant: string,
    lines: readonly Line[],
    carryOut: (commands: Command[], tenant: string) => ReturnType<typeof submit>,
  ) {
    const ids: string[] = [];
    for (const name of names) {
      const limit = name.length === 1 ? 'at least 0.00' : 'no limit';
      ids.push(await openTestAccount(ledger, tenant, { name, limit, hot: name === 'clearing' }));
    }
    const funding = ids.slice(2).map((id, index) => transferOf(tenant, `fund ${index}`, ids[0] ?? '', id, 100n));
    await submit(ledger.store, tenant, funding, testNow);
    const commands = lines.map((one) => commandOf(tenant, ids, lines, one));
    const outcomes = await carryOut(commands, tenant);
    await foldHot(ledger.store, tenant, ids[1] ?? '');
    const heads = await ledger.store.readHeads(tenant, ids);
    return {
      outcomes: outcomes.map((one) => (one.outcome === 'REFUSED' ? one.problem.code : one.outcome)),
      balances: ids.map((id) => {
        const { posted, pendingIn, pendingOut } = heads.get(id) ?? {};
        return { posted, pendingIn, pendingOut };
      }),
    };
  }
});

type Line = typeof line extends fc.Arbitrary<infer One> ? One : never;

function commandOf(tenant: string, ids: readonly string[], lines: readonly Line[], one: Line): Command {
  const to = one.to === one.from ? (one.from + 1) % names.length : one.to;
  const transfer = transferOf(tenant, `k${one.key}`, ids[one.from] ?? '', ids[to] ?? '', one.minor);
  const fingerprint = `${one.kind} ${one.from} ${to} ${one.minor} ${one.target}`;
  const targetKey = lines[one.target % lines.length]?.key ?? 0;
  const targetId = transferOf(tenant, `k${targetKey}`, '', '', 0n).id;
  const common = { id: transfer.id, fingerprint, cause: testCause };
  switch (one.kind) {
    case 'POST':
      return { ...common, command: 'POST', pendingId: targetId, amounts: [] };
    case 'VOID':
      return { ...common, command: 'VOID', pendingId: targetId };
    case 'REVERSE':
      return { ...common, command: 'REVERSE', transferId: targetId };
    default:
      return { ...transfer, fingerprint, mode: one.kind === 'HOLD' ? 'PENDING' : 'POSTED' };
  }
}
