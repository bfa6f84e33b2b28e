import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handOn } from '../../../functions/settlement/background/hand-on.ts';
import { importFile } from '../../../functions/settlement/channel-files/import-file.ts';
import { openSent } from '../../../functions/settlement/channel-files/open-file.ts';
import { askForComparison } from '../../../functions/settlement/comparing/ask-for-comparison.ts';
import { carryOutComparison } from '../../../functions/settlement/comparing/carry-out-comparison.ts';
import { comparingStore, resumingStore } from '../../../functions/settlement/store.ts';
import { toChannelTemplate } from '../../../functions/settlement/templates/channel-template-shapes.ts';
import { putChannelFileTemplate } from '../../../functions/settlement/templates/template-examples.ts';
import { cause } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { journalOnEngine, now, type TestJournal, tenant } from './journal-support.ts';

const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const at = now.toISOString();
const file = Buffer.from('流水号,订单号,退款号,金额,手续费,时间\n1,O1,,1.00,0.01,2025-09-26 10:00:00\n');

describe.each(engines())('a comparison whose worker is lost on $kind', (engine) => {
  let own: TestJournal;
  beforeAll(async () => {
    own = await journalOnEngine(engine);
  });
  afterAll(() => own?.close());

  /** A day of a channel that has a payment which nothing here knows of, and whose comparison was asked for. */
  async function asked(marketId: string) {
    await own.openMarket(marketId, []);
    const store = comparingStore(own.client, own.table);
    const content = toChannelTemplate('own', putChannelFileTemplate.body);
    const template = { tenant, marketId, use: 'CHANNEL_FILE' as const, id: 'own', content };
    await store.writeTemplate({ ...template, revision: 1, changedAt: at, cause });
    const day = { tenant, marketId, channelId: 'WECHAT_PAY', businessDate: '2025-09-26' };
    const sent = await openSent(store, { ...day, part: 1, templateId: 'own' }, file, cause, at);
    const inBucket = async function* () {
      yield file;
    };
    await importFile(store, sent, inBucket, false, now);
    const ask = (instant = now) => askForComparison(store, day, cause, instant.toISOString());
    await ask();
    const read = async () => {
      const comparison = await store.readComparison(day);
      if (!comparison) throw new Error('It was never asked for.');
      return comparison;
    };
    const work = (by: string, instant: Date, over = store) =>
      carryOutComparison({ store: over, ledger: own.tools.ledger }, day, by, () => instant);
    const resume = async (minutes: number) => {
      const { turns } = await read();
      const { listComparisonsUnderWay } = resumingStore(own.client, own.table);
      await handOn(listComparisonsUnderWay, store.writeComparison, minutesLater(minutes));
      return (await read()).turns - turns;
    };
    const failing = { ...store, readDifferences: () => Promise.reject(new Error('Failed.')) };
    return { store, ask, read, work, resume, failing };
  }

  it('is worked off by whoever is asked next', async () => {
    const { ask, read, work, failing } = await asked('mkt_given_up');
    for (let times = 0; times < 3; times++) await expect(work('evt_1', now, failing)).rejects.toThrow('Failed.');
    await ask(minutesLater(1));
    await work('evt_2', minutesLater(1));
    expect(await read()).toMatchObject({ asked: 2, done: 2, summary: { differences: 1 } });
  });

  it('is handed on where nobody asks for it again', async () => {
    const { read, work, resume, failing } = await asked('mkt_left');
    for (let times = 0; times < 3; times++) await expect(work('evt_1', now, failing)).rejects.toThrow('Failed.');
    // Three tries came to nothing: 16 minutes, twice doubled.
    expect([await resume(63), await resume(64), await resume(65)]).toEqual([0, 1, 0]);
    await work('evt_2', minutesLater(65));
    const { tries, done, summary } = await read();
    expect([tries, done, summary?.differences]).toEqual([undefined, 1, 1]);
    expect(await resume(100_000)).toBe(0);
  });

  it('is handed on when it was killed without a word, as soon as nobody can be at it any more', async () => {
    const { store, read, work, resume } = await asked('mkt_killed');
    let writes = 0;
    // It took its lease, and wrote nothing more.
    const writeComparison = (...next: Parameters<typeof store.writeComparison>) => {
      writes += 1;
      return writes === 1 ? store.writeComparison(...next) : Promise.reject(new Error('Killed.'));
    };
    const dead = { ...store, readDifferences: () => Promise.reject(new Error('Killed.')), writeComparison };
    await expect(work('evt_1', now, dead)).rejects.toThrow('Killed.');
    // Whoever comes by sees that somebody is at it.
    await work('evt_2', minutesLater(1));
    expect(await read()).toMatchObject({ asked: 1, done: 0, lease: { by: 'evt_1' } });
    expect([await resume(15), await resume(16), await resume(17)]).toEqual([0, 1, 0]);
    await work('evt_3', minutesLater(18));
    expect(await read()).toMatchObject({ asked: 1, done: 1, summary: { differences: 1 } });
  });

  it('is handed on where nobody heard that it was asked for', async () => {
    const { resume } = await asked('mkt_unheard');
    expect([await resume(15), await resume(16)]).toEqual([0, 1]);
  });
});
