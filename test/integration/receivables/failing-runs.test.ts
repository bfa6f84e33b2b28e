import { beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/receivables/events.ts';
import type { DecidedReceipt } from '../../../functions/receivables/matches/decided-receipt.ts';
import { carryOnRun } from '../../../functions/receivables/runs/carry-on-run.ts';
import { resumeRuns } from '../../../functions/receivables/runs/resume-runs.ts';
import type { Run } from '../../../functions/receivables/runs/run.ts';
import { runToPlain } from '../../../functions/receivables/runs/run-items.ts';
import { findRun } from '../../../functions/receivables/runs/start-run.ts';
import { takeTurn } from '../../../functions/receivables/runs/take-turn.ts';
import type { ReceivablesStore } from '../../../functions/receivables/store.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { monday } from './receipts.ts';
import { runsForTests } from './runs.ts';

const minutesLater = (minutes: number) => new Date(monday.getTime() + minutes * MINUTE_MS);
const told = (before: Run, run: Run) =>
  toEvents({ kind: 'MODIFY', item: runToPlain(run), previous: runToPlain(before) }).map(({ type }) => type);

/** Runs that do not get on. */
describe('a run', () => {
  const opened = runsForTests();
  let { store, own } = {} as ReturnType<typeof opened>;
  beforeAll(() => {
    ({ store, own } = opened());
  });

  /** Writes nothing for the receipt of 1,002.00, be it alone or together with others. */
  const without = (): ReceivablesStore => {
    const require = ({ receipt }: DecidedReceipt) => {
      if (receipt.next.amount === 100_200n) throw new Error('This one cannot be written.');
    };
    return {
      ...store,
      writeDecided: async (decided, claim) => {
        require(decided);
        await store.writeDecided(decided, claim);
      },
      writeAllDecided: async (together) => {
        together.forEach(require);
        await store.writeAllDecided(together);
      },
    };
  };

  it('is handed on after its steps, told once, and goes on from there', async () => {
    await own.anOpenTenant('turns', 3);
    const run = await own.start('turns', 'a');
    await carryOnRun(store, { tenant: 'turns', runId: run.id, stepsMax: 1 }, monday);
    const handedOn = await findRun(store, 'turns', run.id);
    expect(handedOn).toMatchObject({ state: 'APPLYING', turn: 1, blocks: 1, blocksDone: 0 });
    expect(told(run, handedOn)).toEqual(['receivables.reconciliation-run-handed-on.v1']);
    await takeTurn(store, 'turns', run.id, monday);
    const done = await findRun(store, 'turns', run.id);
    expect([done.state, done.turn, done.result.outcomes.MATCHED?.count]).toEqual(['ENDED', 1, 3]);
    expect(told(handedOn, done)).toEqual(['receivables.reconciliation-run-ended.v1']);
  });

  it('that cannot be written is tried five times, each time after longer, and then has failed for good', async () => {
    await own.anOpenTenant('stuck', 4);
    const run = await own.start('stuck', 'a');
    const waits: number[] = [];
    let at = monday;
    for (let attempt = 1; attempt < 5; attempt++) {
      await takeTurn(without(), 'stuck', run.id, at);
      const waiting = await findRun(store, 'stuck', run.id);
      expect(waiting).toMatchObject({
        ...{ state: 'APPLYING', failures: attempt, blocksDone: 0 },
        failure: '1 receipt of it could not be matched.',
      });
      const retryAt = new Date(waiting.retryAt ?? '');
      waits.push((retryAt.getTime() - at.getTime()) / MINUTE_MS);
      // Neither a message that comes again nor the job begins before that.
      await takeTurn(store, 'stuck', run.id, at);
      expect(await resumeRuns(store, new Date(retryAt.getTime() - 1))).toEqual([]);
      expect(await findRun(store, 'stuck', run.id)).toEqual(waiting);
      expect(await resumeRuns(store, retryAt)).toEqual([]);
      const handedOn = await findRun(store, 'stuck', run.id);
      expect(told(waiting, handedOn)).toEqual(['receivables.reconciliation-run-handed-on.v1']);
      at = retryAt;
    }
    expect(waits).toEqual([15, 30, 60, 120]);
    const last = await findRun(store, 'stuck', run.id);
    await takeTurn(without(), 'stuck', run.id, at);
    const done = await findRun(store, 'stuck', run.id);
    expect(done).toMatchObject({
      ...{ state: 'FAILED', failures: 5, blocks: 1, blocksDone: 0, endedAt: at.toISOString() },
      failure: 'It was tried 5 times. 1 receipt of it could not be matched.',
    });
    expect(told(last, done)).toEqual(['receivables.reconciliation-run-ended.v1']);
    // 1,000.00 + 1,001.00 + 1,003.00 were matched, and say so; 1,002.00 and the 0.77 of nobody were not.
    expect(done.result.outcomes).toEqual({
      MATCHED: { count: 3, amounts: { CNY: 300_400n } },
      UNMATCHED: { count: 2, amounts: { CNY: 100_277n } },
    });
    expect(await resumeRuns(store, minutesLater(100_000))).toEqual([]);
    await takeTurn(store, 'stuck', run.id, minutesLater(100_000));
    expect(await findRun(store, 'stuck', run.id)).toEqual(done);
  });

  it('that gets on again ends as if nothing had failed', async () => {
    await own.anOpenTenant('mended', 4);
    const run = await own.start('mended', 'a');
    await takeTurn(without(), 'mended', run.id, monday);
    await resumeRuns(store, minutesLater(15));
    await takeTurn(store, 'mended', run.id, minutesLater(15));
    const done = await findRun(store, 'mended', run.id);
    expect([done.state, done.failures, done.failure, done.retryAt]).toEqual(['ENDED', 0, undefined, undefined]);
    expect(done.result.outcomes.MATCHED).toEqual({ count: 4, amounts: { CNY: 400_600n } });
  });

  it('that breaks off without a word again and again has failed for good, and what nobody foresaw stays in the log', async () => {
    await own.anOpenTenant('silent', 1);
    const run = await own.start('silent', 'a');
    const dying: ReceivablesStore = {
      ...store,
      listCustomers: () => {
        throw new Error('a secret of the machine');
      },
    };
    await takeTurn(dying, 'silent', run.id, monday);
    const { failure } = await findRun(store, 'silent', run.id);
    expect(failure).toBe('Something unforeseen stopped it; the log has it under the id of the run.');
    for (let minutes = 0; minutes < 600; minutes += 15)
      expect(await resumeRuns(store, minutesLater(minutes))).toEqual([]);
    const done = await findRun(store, 'silent', run.id);
    expect(done).toMatchObject({ state: 'FAILED', failures: 5, decided: { outcomes: {} }, result: { outcomes: {} } });
    expect(done.failure).toBe(
      'It was tried 5 times. It broke off without a word: out of time or memory, or never begun.',
    );
  });
});
