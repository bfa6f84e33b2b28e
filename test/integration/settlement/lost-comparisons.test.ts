import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForComparison } from '../../../functions/settlement/comparing/ask-for-comparison.ts';
import { carryOutComparison } from '../../../functions/settlement/comparing/carry-out-comparison.ts';
import { comparingStore, resumingStore } from '../../../functions/settlement/store.ts';
import { cause } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { openDay, row, sendRows } from './compared-days-support.ts';
import { journalOnEngine, minutesLater, now, type TestJournal } from './journal-support.ts';
import { askedFor } from './lost-work-support.ts';

describe.each(engines())('a comparison whose worker is lost on $kind', (engine) => {
  let own: TestJournal;
  beforeAll(async () => {
    own = await journalOnEngine(engine);
  });
  afterAll(() => own?.close());

  /** A day of a channel that has a payment which nothing here knows of, and whose comparison was asked for. */
  async function asked(marketId: string) {
    const store = comparingStore(own.client, own.table);
    const day = await openDay(own, marketId);
    await sendRows(own, day, [row('1')]);
    return askedFor({
      store,
      ask: (at) => askForComparison(store, day, cause, at.toISOString()),
      read: () => store.readComparison(day),
      write: store.writeComparison,
      carryOut: (over, by, at) => carryOutComparison({ store: over, ledger: own.tools.ledger }, day, by, () => at),
      listUnderWay: resumingStore(own.client, own.table).listComparisonsUnderWay,
      broken: (reason, writeComparison) => {
        return { ...store, readDifferences: () => Promise.reject(new Error(reason)), writeComparison };
      },
    });
  }

  it('is worked off by whoever is asked next', async () => {
    const { ask, read, workOff, fail } = await asked('mkt_given_up');
    for (let times = 0; times < 3; times++) await expect(fail('evt_1', now)).rejects.toThrow('Failed.');
    await ask(minutesLater(1));
    await workOff('evt_2', minutesLater(1));
    expect(await read()).toMatchObject({ asked: 2, done: 2, summary: { differences: 1 } });
  });

  it('is handed on where nobody asks for it again', async () => {
    const { read, workOff, fail, handOnAt } = await asked('mkt_left');
    for (let times = 0; times < 3; times++) await expect(fail('evt_1', now)).rejects.toThrow('Failed.');
    // Three tries came to nothing: 16 minutes, twice doubled.
    expect([await handOnAt(63), await handOnAt(64), await handOnAt(65)]).toEqual([0, 1, 0]);
    await workOff('evt_2', minutesLater(65));
    const { tries, done, summary } = await read();
    expect([tries, done, summary?.differences]).toEqual([undefined, 1, 1]);
    expect(await handOnAt(100_000)).toBe(0);
  });

  it('is handed on when it was killed without a word, as soon as nobody can be at it any more', async () => {
    const { read, workOff, die, handOnAt } = await asked('mkt_killed');
    await expect(die('evt_1', now)).rejects.toThrow('Killed.');
    // Whoever comes by sees that somebody is at it.
    await workOff('evt_2', minutesLater(1));
    expect(await read()).toMatchObject({ asked: 1, done: 0, lease: { by: 'evt_1' } });
    expect([await handOnAt(15), await handOnAt(16), await handOnAt(17)]).toEqual([0, 1, 0]);
    await workOff('evt_3', minutesLater(18));
    expect(await read()).toMatchObject({ asked: 1, done: 1, summary: { differences: 1 } });
  });

  it('is handed on where nobody heard that it was asked for', async () => {
    const { handOnAt } = await asked('mkt_unheard');
    expect([await handOnAt(15), await handOnAt(16)]).toEqual([0, 1]);
  });
});
