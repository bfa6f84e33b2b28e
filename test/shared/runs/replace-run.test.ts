import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { type CarriedOn, ended, gotOn, replaceRun } from '../../../shared/runs/replace-run.ts';

interface Run extends CarriedOn {
  readonly id: string;
  readonly turn: number;
}

const now = new Date('2026-03-02T01:30:00.000Z');
const waiting: Run = {
  ...{ id: 'run_1', turn: 3, revision: 7, changedAt: '2026-03-02T01:00:00.000Z' },
  ...{ failures: 2, failure: 'It broke off.', retryAt: '2026-03-02T01:30:00.000Z' },
};

function storeThat(replace: (next: Run, before: Run) => void) {
  return { replaceRun: async (next: Run, before: Run) => replace(next, before) };
}

describe('the next state of a run', () => {
  test('is a revision later and waits for nothing any more; what failed stays noted', async () => {
    const written: [Run, Run][] = [];
    const next = await replaceRun(
      storeThat((...both) => written.push(both)),
      waiting,
      { turn: 4 },
      now,
    );
    expect(next).toStrictEqual({
      ...{ id: 'run_1', turn: 4, revision: 8, changedAt: '2026-03-02T01:30:00.000Z' },
      ...{ failures: 2, failure: 'It broke off.' },
    });
    expect(written).toEqual([[next, waiting]]);
  });

  test('waits where the change says so', async () => {
    const retryAt = '2026-03-02T02:30:00.000Z';
    const next = await replaceRun(
      storeThat(() => {}),
      waiting,
      { retryAt, failures: 3 },
      now,
    );
    expect(next).toMatchObject({ retryAt, failures: 3, failure: 'It broke off.' });
  });

  test('is nothing where another was faster', async () => {
    const store = storeThat(() => {
      throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    });
    expect(await replaceRun(store, waiting, {}, now)).toBeUndefined();
  });

  test('is not told where the write failed otherwise', async () => {
    const store = storeThat(() => {
      throw new Error('socket hang up');
    });
    await expect(replaceRun(store, waiting, {}, now)).rejects.toThrow('socket hang up');
  });
});

test('a run that got on has failed at nothing', () => {
  const { failure: _, ...rest } = waiting;
  expect(gotOn(waiting)).toStrictEqual({ ...rest, failures: 0 });
});

test('a run ends when it ends', () => {
  expect(ended(now)).toEqual({ state: 'ENDED', endedAt: '2026-03-02T01:30:00.000Z' });
});
