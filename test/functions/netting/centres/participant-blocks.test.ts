import { describe, expect, it } from 'vitest';
import {
  participantParts,
  participantsOf,
  shardOf,
  shardOfPart,
} from '../../../../functions/netting/centres/participant-blocks.ts';
import { aParticipant } from '../intake-samples.ts';

const name = '成都禹道国际茶业贸易有限公司';
const bank = {
  at: 'BANK',
  name,
  account: { type: 'ACCOUNT', number: '51001881236052505123', bank: { cnaps: '1051' } },
} as const;
const currencies = ['CNY', 'EUR', 'USD', 'JPY', 'GBP', 'CHF'];

describe('participants in parts', () => {
  it('have as many items as their size takes, and come back out of them', () => {
    const all = Array.from({ length: 10_000 }, (_, n) => {
      const accounts = currencies.map((currency) => ({ ...bank, currency }));
      return aParticipant(`MERCHANT-${n}`, { name, accounts });
    });
    const parts = participantParts(all);
    expect(parts.size).toBeGreaterThan(64);
    for (const [part, { content }] of parts) {
      expect(Buffer.byteLength(content.text)).toBeLessThan(110_000);
      expect(new Set(participantsOf(content).map(({ id }) => shardOf(id)))).toEqual(new Set([shardOfPart(part)]));
    }
    const back = [...parts.values()].flatMap(({ content }) => participantsOf(content));
    expect(new Map(back.map((one) => [one.id, one]))).toEqual(new Map(all.map((one) => [one.id, one])));
  });
});
