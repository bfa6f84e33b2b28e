import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleDueCycles } from '../../../functions/netting/settling/settle-due-cycles.ts';
import { fourParties, owes } from '../../functions/netting/samples.ts';
import { afterEachWrite, type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { queueOnEngine, type TestQueue } from './queue-support.ts';
import { cycleToolsOf, minutesOnThursday, settlingSteps, thursday } from './settling-support.ts';

const deaths: readonly Death[] = ['BEFORE', 'AFTER'];
/** So many that one transfer does not hold the legs of all who pay. */
const payers = Array.from({ length: 41 }, (_, place) => `P${place}`);

describe('a process that dies while it settles a cycle', () => {
  let own: TestQueue;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());
  const { close, ask, carryOn, cycleOf, position } = settlingSteps(() => own);

  /** Another goes on when nothing was heard of it for a while, with balances as they should be. */
  async function goesOn(tenant: string) {
    await settleDueCycles(own.tools.store, minutesOnThursday(70));
    await carryOn(tenant, own, minutesOnThursday(70));
    expect(await cycleOf(tenant)).toMatchObject({ state: 'SETTLED' });
    expect(await position(tenant)).toBe(0n);
  }

  it.each(deaths)('%s any of its writes, leaves to the next what is settled once', async (death) => {
    let write = 0;
    for (let isDead = true; isDead; write++) {
      const tenant = `killed-${write}-${death.toLowerCase()}`;
      await close(await own.open(tenant, { A: 0n, B: 70n, C: 0n, D: 0n }), fourParties);
      await ask(tenant);
      const dying = own.another();
      const watched = dieAt(dying.client, write, death);
      await carryOn(tenant, dying).catch(() => undefined);
      isDead = watched.isDead();
      await goesOn(tenant);
      expect(await own.balances(tenant, 'A B C D'), `write ${write}`).toEqual([20n, 0n, 40n, 10n]);
    }
    // The centre's account; the plan and its note; the holds, their list and its note; the next round; both postings, and the notes.
    expect(write).toBeGreaterThan(10);
  });

  async function many(tenant: string) {
    const balances = { ...Object.fromEntries(payers.map((id) => [id, 7n])), Z: 0n };
    await close(
      await own.open(tenant, balances),
      payers.map((id) => owes(id, 'Z', 7n)),
    );
    await ask(tenant);
  }
  const allPaid = [...payers.map(() => 0n), 287n];

  it.each([[5], [9]])('after write %i of a large cycle, which is never settled in part', async (write) => {
    const tenant = `large-${write}`;
    await many(tenant);
    const dying = own.another();
    const watched = dieAt(dying.client, write, 'AFTER');
    await carryOn(tenant, dying).catch(() => undefined);
    expect(watched.isDead()).toBe(true);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'SETTLING' });
    await goesOn(tenant);
    expect(await own.balances(tenant, [...payers, 'Z'].join(' '))).toEqual(allPaid);
  });

  it('is seen as SETTLED when everything is posted, and not before', async () => {
    await many('seen');
    const process = own.another();
    const seen: string[] = [];
    afterEachWrite(process.client, async () => {
      const { state } = await cycleOf('seen');
      const accounts = await own.tools.ledger.readAccounts('seen', [await own.accountOf('seen', 'Z')]);
      const [receiver] = accounts.values();
      seen.push(`${state} ${receiver?.posted}`);
    });
    await carryOn('seen', process);
    expect(new Set(seen)).toEqual(new Set(['SETTLING 0', 'SETTLING 287', 'SETTLED 287']));
    expect(seen.at(-1)).toBe('SETTLED 287');
  });

  it('and two at once settle it once', async () => {
    await many('two');
    const processes = [own, own.another(), own.another()];
    await Promise.all(processes.map((process) => carryOn('two', process)));
    await carryOn('two');
    await goesOn('two');
    expect(await own.balances('two', [...payers, 'Z'].join(' '))).toEqual(allPaid);
  });

  it('through conflicts, throttles and lost answers comes to the same', async () => {
    await close(await own.open('faults', { A: 0n, B: 70n, C: 0n, D: 0n }), fourParties);
    await ask('faults');
    const faulty = own.another();
    const log = injectFaults(faulty.client, 5, {
      ...{ conflict: 0.2, throttle: 0.02, timeoutBefore: 0.02, timeoutAfter: 0.05 },
    });
    for (let turn = 0; (await cycleOf('faults')).state !== 'SETTLED'; turn++) {
      expect(turn, `${log}`).toBeLessThan(60);
      await carryOn('faults', faulty).catch(() => undefined);
    }
    expect(log.countOf('conflict'), `${log}`).toBeGreaterThan(0);
    expect(await own.balances('faults', 'A B C D'), `${log}`).toEqual([20n, 0n, 40n, 10n]);
  });

  it('leaves a note where the ledger breaks off, and is tried again after a while', async () => {
    await close(await own.open('breaks', { A: 0n, B: 70n, C: 0n, D: 0n }), fourParties);
    await ask('breaks');
    const tools = cycleToolsOf(own);
    const endHolds: typeof tools.ledger.endHolds = async () => {
      throw new Error('The ledger broke off.');
    };
    await carryOn('breaks', own, thursday, { ...tools, ledger: { ...tools.ledger, endHolds } });
    expect(await cycleOf('breaks')).toMatchObject({
      state: 'SETTLING',
      settling: { state: 'POSTING', failures: 1, failure: expect.stringContaining('unforeseen') },
    });
    expect(await settleDueCycles(own.tools.store, minutesOnThursday(1))).toEqual([]);
    expect(await carryOn('breaks')).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances('breaks', 'A B C D')).toEqual([20n, 0n, 40n, 10n]);
  });
});
