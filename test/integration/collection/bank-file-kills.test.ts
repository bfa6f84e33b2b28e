import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBankFile } from '../../../functions/collection/gateway/iso/read-bank-file.ts';
import { takeReports } from '../../../functions/collection/reports/take-reports.ts';
import type { CollectionStore } from '../../../functions/collection/store.ts';
import { chunksOf, statusXml } from '../../functions/collection/gateway/bank-files.ts';
import { anEngine } from '../../support/engines.ts';
import { bucket, fileGateway, fileTerms, handedAt, later, messageOf, orderOf, orders } from './bank-files.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

describe('a file that breaks off', () => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('on its way out is written again with the same bytes, under the terms and at the time of the first try', async () => {
    const message = messageOf('MSG-1', orders, 'out');
    const { written, outbox } = bucket();
    const failing = {
      write: async (key: string, bytes: Uint8Array<ArrayBuffer>) => {
        await outbox.write(key, bytes);
        throw new Error('no answer');
      },
    };
    const first = fileGateway({ store: own.store, outbox: failing }, fileTerms);
    expect(await first.hand(message, handedAt)).toMatchObject({ outcome: 'UNKNOWN' });
    const changed = { ...fileTerms, initiatingParty: { name: 'Another' } };
    expect(await fileGateway({ store: own.store, outbox }, changed).hand(message, later)).toEqual({ outcome: 'TAKEN' });
    expect(written).toHaveLength(2);
    expect(written[1]).toEqual(written[0]);
  });

  it.each(['claimBankMessage', 'writeSentOrders', 'moveBankMessage', 'noteSent'] as const)(
    'when %s is killed goes once it is handed over again, as one file',
    async (step) => {
      const tenant = `kill-${step}`;
      const message = messageOf('MSG-1', orders, tenant);
      const { written, outbox } = bucket();
      for (const isAfter of [false, true]) {
        const killed = async (...args: unknown[]) => {
          if (isAfter) await (own.store[step] as (...given: unknown[]) => Promise<unknown>)(...args);
          throw new Error('killed');
        };
        const store = { ...own.store, [step]: killed };
        await expect(fileGateway({ store, outbox }, fileTerms).hand(message, handedAt)).rejects.toThrow('killed');
        if (step === 'claimBankMessage' && isAfter) break;
      }
      expect(await fileGateway({ store: own.store, outbox }, fileTerms).hand(message, later)).toEqual({
        outcome: 'TAKEN',
      });
      expect(new Set(written.map(({ text }) => text)).size).toBe(1);
      expect(await own.store.readOrdersOfMessage(tenant, 'MSG-1')).toHaveLength(3);
    },
  );

  it('on its way in is read again, and each report stands once', async () => {
    const message = messageOf('MSG-1', orders, 'in');
    await fileGateway({ store: own.store, outbox: bucket().outbox }, fileTerms).hand(message, handedAt);
    const text = statusXml('MSG-1', '<GrpSts>ACCP</GrpSts>');
    const tools = (store: CollectionStore) => ({
      store,
      take: takeReports.bind(undefined, store),
      read: () => chunksOf([text]),
    });
    const killed = { ...own.store, noteBankFile: () => Promise.reject(new Error('killed')) };
    const place = { tenant: 'in', key: 'inbox/in/a.xml' };
    await expect(readBankFile(tools(killed), place, handedAt)).rejects.toThrow('killed');
    expect(await readBankFile(tools(own.store), place, later)).toMatchObject({ status: 'READ', reports: 3 });
    expect(await own.store.readReports('in', 'A1')).toMatchObject([{ receivedAt: handedAt.toISOString() }]);
  });

  it('is not lost among many orders: a message of 450 is known by each of them', async () => {
    const many = Array.from({ length: 450 }, (_, place) => orderOf(`N${place}`));
    const { outbox } = bucket();
    await fileGateway({ store: own.store, outbox }, fileTerms).hand(messageOf('MSG-1', many, 'many'), handedAt);
    const held = await own.store.readOrdersOfMessage('many', 'MSG-1');
    expect(new Set(held.map(({ id }) => id)).size).toBe(450);
  });
});
