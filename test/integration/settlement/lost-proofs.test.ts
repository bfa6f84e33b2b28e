import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForProof } from '../../../functions/settlement/journal/proof/ask-for-proof.ts';
import { carryOutProof } from '../../../functions/settlement/journal/proof/carry-out-proof.ts';
import { provingStore, resumingStore } from '../../../functions/settlement/store.ts';
import { cause } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { journalOnEngine, minutesLater, now, type TestJournal, tenant } from './journal-support.ts';
import { askedFor } from './lost-work-support.ts';

describe.each(engines())('a proof whose worker is lost on $kind', (engine) => {
  let own: TestJournal;
  beforeAll(async () => {
    own = await journalOnEngine(engine);
  });
  afterAll(() => own?.close());

  /** A market whose proof was asked for. */
  async function asked(marketId: string) {
    const store = provingStore(own.client, own.table);
    await own.openMarket(marketId, []);
    const market = { tenant, marketId };
    return askedFor({
      store,
      ask: (at) => askForProof(store, market, false, cause, at.toISOString()),
      read: () => store.readProof(market),
      write: store.writeProof,
      carryOut: (over, by, at) => carryOutProof({ store: over, ledger: own.tools.ledger }, market, by, () => at),
      listUnderWay: resumingStore(own.client, own.table).listProofsUnderWay,
      broken: (reason, writeProof) => {
        return { ...store, visitOrders: () => Promise.reject(new Error(reason)), writeProof };
      },
    });
  }

  it('is worked off by whoever is asked next', async () => {
    const { ask, read, workOff, fail } = await asked('mkt_given_up');
    for (let times = 0; times < 5; times++) await expect(fail('evt_1', now)).rejects.toThrow('Failed.');
    await ask(minutesLater(1));
    await workOff('evt_2', minutesLater(1));
    expect(await read()).toMatchObject({ asked: 2, done: 2, result: { isBalanced: true } });
  });

  it('is handed on when it was killed without a word, as soon as nobody can be at it any more', async () => {
    const { read, workOff, die, handOnAt } = await asked('mkt_killed');
    await expect(die('evt_1', now)).rejects.toThrow('Killed.');
    // Whoever comes by sees that somebody is at it.
    await workOff('evt_2', minutesLater(1));
    expect(await read()).toMatchObject({ asked: 1, done: 0, lease: { by: 'evt_1' } });
    expect([await handOnAt(15), await handOnAt(16), await handOnAt(17)]).toEqual([0, 1, 0]);
    await workOff('evt_3', minutesLater(18));
    expect(await read()).toMatchObject({ asked: 1, done: 1, result: { isBalanced: true } });
    expect(await handOnAt(100_000)).toBe(0);
  });

  it('is handed on where nobody heard that it was asked for', async () => {
    const { handOnAt } = await asked('mkt_unheard');
    expect([await handOnAt(15), await handOnAt(16)]).toEqual([0, 1]);
  });

  it('that comes to nothing is begun less and less often, and goes on once it can', async () => {
    const { read, workOff, fail, handOnAt } = await asked('mkt_stubborn');
    const failAt = (minutes: number) => fail(`evt_${minutes}`, minutesLater(minutes)).catch(() => undefined);
    await failAt(0);
    expect([await handOnAt(15), await handOnAt(16)]).toEqual([0, 1]);
    await failAt(16);
    // 16 + 32; 48 + 64.
    expect([await handOnAt(47), await handOnAt(48)]).toEqual([0, 1]);
    await failAt(48);
    expect([await handOnAt(111), await handOnAt(112)]).toEqual([0, 1]);
    await workOff('evt_last', minutesLater(112));
    const { tries, done } = await read();
    expect([tries, done]).toEqual([undefined, 1]);
  });
});
