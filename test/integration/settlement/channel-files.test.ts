import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billText } from '../../../functions/settlement/channel-files/channel-file-examples.ts';
import { importFile } from '../../../functions/settlement/channel-files/import-file.ts';
import { openSent } from '../../../functions/settlement/channel-files/open-file.ts';
import { problems } from '../../../functions/settlement/problems.ts';
import type { SettlementStore } from '../../../functions/settlement/store.ts';
import { general } from '../../../shared/problems/general.ts';
import { cause } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { openDay } from './compared-days-support.ts';
import { journalOnEngine, now, type TestJournal, tenant } from './journal-support.ts';

const at = now.toISOString();

describe.each(engines())('files of channels on $kind', (engine) => {
  let journal: TestJournal;
  let store: SettlementStore;
  let count = 0;

  beforeAll(async () => {
    journal = await journalOnEngine(engine);
    store = journal.store;
  });
  afterAll(() => journal?.close());

  /** A file of a market of its own: opened, and not read yet. */
  async function aFile(text = billText) {
    count += 1;
    const day = await openDay(journal, `mkt_files_${count}`);
    const target = { ...day, part: 1, templateId: 'own' };
    const send = (bytes = Buffer.from(text)) => openSent(store, target, bytes, cause, at);
    const { id } = await send();
    const read = (from = bytesOf(text), isLastTry = false, through = store) =>
      importFile(through, { tenant, id }, from, isLastTry, now);
    const state = async () => (await store.readChannelFile(tenant, id)) ?? expect.fail('It is not there.');
    const standing = () =>
      store.readStandingFiles(tenant, day.marketId, day.channelId, { from: day.businessDate, to: day.businessDate });
    return { id, target, send, read, state, standing };
  }

  it('are opened with their bytes, and stand for their day when they were read', async () => {
    const { id, target, read, state, standing } = await aFile();
    expect(await state()).toMatchObject({ ...target, status: 'READING', bytes: 161, revision: 1 });
    expect(await standing()).toEqual([]);
    await read();
    expect(await state()).toMatchObject({ status: 'COMPLETED', bytes: 161, content: { tally: { paid: 12_000n } } });
    expect(await standing()).toMatchObject([{ fileId: id, part: 1 }]);
  });

  it('are the same file for the same bytes, read once however often they are sent and told of', async () => {
    const { id, send, read, state } = await aFile();
    expect(await send()).toEqual(await state());
    await read();
    const completed = await state();
    await read();
    expect(await send()).toEqual(completed);
    expect(await state()).toEqual(completed);
    expect((await send(Buffer.from(billText.replace('0.60', '0.61')))).id).not.toBe(id);
  });

  it('stand again when they are sent again after another took their place, and are not read again', async () => {
    const { id, target, send, read, standing } = await aFile();
    await read();
    const [first] = await standing();
    const wrong = billText.replace('0.60', '0.61');
    const other = await send(Buffer.from(wrong));
    await importFile(store, { tenant, id: other.id }, bytesOf(wrong), false, now);
    expect(await standing()).toMatchObject([{ fileId: other.id }]);
    expect(await openSent(store, target, Buffer.from(billText), cause, now.toISOString())).toMatchObject({
      ...{ id, status: 'COMPLETED', changedAt: now.toISOString() },
    });
    expect(await standing()).toEqual([first]);
  });

  it('are one file where they are sent several times at once', async () => {
    const { target, id } = await aFile();
    const day = { ...target, part: 2 };
    const sent = await Promise.all([1, 2, 3].map(() => openSent(store, day, Buffer.from(billText), cause, at)));
    expect(new Set(sent.map((file) => file.id)).size).toBe(1);
    expect(sent.map(({ revision }) => revision)).toEqual([1, 1, 1]);
    expect(sent[0]?.id).not.toBe(id);
  });

  it('tell what is wrong with them, stand for nothing, and are read afresh when they are sent again', async () => {
    const { id, send, read, state, standing } = await aFile(billText.replace('20.00', '20.001'));
    await read();
    const refused = await state();
    expect(refused).toMatchObject({ status: 'REFUSED', faulty: 1, faults: [{ line: 3, field: 'amount' }] });
    expect(await standing()).toEqual([]);
    const again = await send();
    expect(again).toMatchObject({ id, status: 'READING', faulty: 0, faults: [], revision: refused.revision + 1 });
    expect(again.problem).toBeUndefined();
    await read();
    expect(await state()).toEqual({ ...refused, revision: again.revision + 1 });
  });

  it('that could not be read for no fault of theirs are tried again, refused at the last try, and taken when sent again', async () => {
    const { send, read, state, standing } = await aFile();
    const broken = async function* () {
      yield Buffer.from(billText.slice(0, 60));
      throw new Error('The bucket broke off.');
    };
    await expect(read(broken)).rejects.toThrow('The bucket broke off.');
    expect(await state()).toMatchObject({ status: 'READING' });
    await expect(read(broken, true)).rejects.toThrow();
    expect(await state()).toMatchObject({
      status: 'REFUSED',
      problem: { code: problems['channel-file-broke-off'].code },
    });
    await send();
    await read();
    expect(await state()).toMatchObject({ status: 'COMPLETED', content: { tally: { count: 2n } } });
    expect(await standing()).toHaveLength(1);
  });

  it('are not refused where others only were faster', async () => {
    const { read, state } = await aFile();
    const overtaken: SettlementStore = {
      ...store,
      completeChannelFile: async () => {
        throw general['conflict-retry'].with({ detail: 'Others are changing the same.' });
      },
    };
    await expect(read(undefined, false, overtaken)).rejects.toMatchObject({ code: 'request/conflict-retry' });
    expect(await state()).toMatchObject({ status: 'READING' });
    await read();
    expect(await state()).toMatchObject({ status: 'COMPLETED' });
  });
});

const bytesOf = (text: string) =>
  async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
