import { describe, expect, test } from 'vitest';
import { collectionMessage, transferMessage, writtenCollections, writtenTransfers } from './messages.ts';
import { structureFaults } from './schema.ts';

/** The structure check itself: what keeps to the schema passes, what breaks it does not. */
describe('the structure of a message', () => {
  test.each<[string, string, string, string]>([
    ['two elements the other way round', '<PmtMtd>DD</PmtMtd><NbOfTxs>', '<NbOfTxs>', 'PmtMtd is missing'],
    [
      'one too many',
      '</DbtrAcct>',
      '</DbtrAcct><Purp><Cd>A</Cd></Purp><Purp><Cd>A</Cd></Purp>',
      'Purp is unknown, repeated',
    ],
    ['one out of order', '<PmtTpInf>', '<ChrgBr>SLEV</ChrgBr><PmtTpInf>', 'ReqdColltnDt is missing or out of order'],
    ['one of another message', '<SeqTp>', '<SvcLvl><Id>1</Id></SvcLvl><SeqTp>', 'not one of Cd, Prtry'],
    ['a text too long', 'MANDATE-17', 'M'.repeat(36), 'is no Max35'],
    ['a text of another kind', '>RCUR<', '>NEXT<', 'is no Sequence'],
    ['an amount without currency', ' Ccy="CNY"', '', 'has no currency'],
    ['more than 18 digits', '>128.50</InstdAmt>', '>12345678901234567.89</InstdAmt>', 'is no Amount'],
    ['text between elements', '<PmtId>', '<PmtId>x', 'has text'],
    ['an element without a word', 'WATER-2026-02-0001', '', 'is no Max35'],
    ['another version', '.008.001.08', '.008.001.02', 'another root or version'],
  ])('is broken by %s', async (_, from, to, fault) => {
    const xml = await writtenCollections(collectionMessage());
    expect(structureFaults(xml)).toEqual([]);
    expect(xml).toContain(from);
    expect(structureFaults(xml.replace(from, to))).toEqual([expect.stringContaining(fault)]);
  });

  test('is another for transfers', async () => {
    const xml = await writtenTransfers(transferMessage());
    expect(structureFaults(xml)).toEqual([]);
    const asCollection = xml.replace('<Amt><InstdAmt', '<InstdAmt').replace('</InstdAmt></Amt>', '</InstdAmt>');
    expect(structureFaults(asCollection)).toEqual([expect.stringContaining('Amt is missing or out of order')]);
  });
});
