import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handOn } from '../../../functions/settlement/background/hand-on.ts';
import { askForProof } from '../../../functions/settlement/journal/proof/ask-for-proof.ts';
import { carryOutProof } from '../../../functions/settlement/journal/proof/carry-out-proof.ts';
import { provingStore, resumingStore } from '../../../functions/settlement/store.ts';
import { cause } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { journalOnEngine, now, type TestJournal, tenant } from './journal-support.ts';

const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe.each(engines())('a proof whose worker is lost on $kind', (engine) => {
  let own: TestJournal;
  beforeAll(async () => {
    own = await journalOnEngine(engine);
  });
  afterAll(() => own?.close());

  async function asked(marketId: string) {
    const market = await own.openMarket(marketId, []);
    const ref = { tenant, marketId: market.id };
    const store = provingStore(own.client, own.table);
    const ask = (at = now) => askForProof(store, ref, false, cause, at.toISOString());
    await ask();
    const read = async () => {
      const proof = await store.readProof(ref);
      if (!proof) throw new Error('It was never asked for.');
      return proof;
    };
    const work = (by: string, at: Date, over = store) =>
      carryOutProof({ store: over, ledger: own.tools.ledger }, ref, by, () => at);
    const resume = async (minutes: number) => {
      const { turns } = await read();
      await handOn(resumingStore(own.client, own.table).listProofsUnderWay, store.writeProof, minutesLater(minutes));
      return (await read()).turns - turns;
    };
    const failing = { ...store, visitOrders: () => Promise.reject(new Error('Failed.')) };
    return { store, ask, read, work, resume, failing };
  }

  it('is worked off by whoever is asked next', async () => {
    const { ask, read, work, failing } = await asked('mkt_given_up');
    for (let times = 0; times < 5; times++) await expect(work('evt_1', now, failing)).rejects.toThrow('Failed.');
    await ask(minutesLater(1));
    await work('evt_2', minutesLater(1));
    expect(await read()).toMatchObject({ asked: 2, done: 2, result: { isBalanced: true } });
  });

  it('is handed on when it was killed without a word, as soon as nobody can be at it any more', async () => {
    const { store, read, work, resume } = await asked('mkt_killed');
    const dead = { ...store, visitOrders: () => Promise.reject(new Error('Killed.')) };
    let writes = 0;
    // It took its lease, and wrote nothing more.
    const writeProof = (...next: Parameters<typeof store.writeProof>) => {
      writes += 1;
      return writes === 1 ? store.writeProof(...next) : Promise.reject(new Error('Killed.'));
    };
    await expect(work('evt_1', now, { ...dead, writeProof })).rejects.toThrow('Killed.');
    // Whoever comes by sees that somebody is at it.
    await work('evt_2', minutesLater(1));
    expect(await read()).toMatchObject({ asked: 1, done: 0, lease: { by: 'evt_1' } });
    expect([await resume(15), await resume(16), await resume(17)]).toEqual([0, 1, 0]);
    await work('evt_3', minutesLater(18));
    expect(await read()).toMatchObject({ asked: 1, done: 1, result: { isBalanced: true } });
    expect(await resume(100_000)).toBe(0);
  });

  it('is handed on where nobody heard that it was asked for', async () => {
    const { resume } = await asked('mkt_unheard');
    expect([await resume(15), await resume(16)]).toEqual([0, 1]);
  });

  it('that comes to nothing is begun less and less often, and goes on once it can', async () => {
    const { read, work, resume, failing } = await asked('mkt_stubborn');
    const fail = (minutes: number) => work(`evt_${minutes}`, minutesLater(minutes), failing).catch(() => undefined);
    await fail(0);
    expect([await resume(15), await resume(16)]).toEqual([0, 1]);
    await fail(16);
    // 16 + 32; 48 + 64.
    expect([await resume(47), await resume(48)]).toEqual([0, 1]);
    await fail(48);
    expect([await resume(111), await resume(112)]).toEqual([0, 1]);
    await work('evt_last', minutesLater(112));
    const { tries, done } = await read();
    expect([tries, done]).toEqual([undefined, 1]);
  });
});
