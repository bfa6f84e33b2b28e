import { describe, expect, it } from 'vitest';
import { termsOver } from '../../../../functions/collection/retries/terms-over.ts';
import { aMandate } from '../mandates/mandates.ts';

describe('what a mandate agreed on parts', () => {
  const retries = { when: 'PAY_DAY', day: 15, time: '10:00', tries: 2, partial: true } as const;
  const mandates = new Map([
    ['man_1', aMandate({ retries })],
    ['man_2', aMandate({ retries: { when: 'NEVER' } })],
  ]);
  const agreed = (channel: 'FILES' | 'SANDBOX') => [...termsOver(channel, mandates).values()].map((one) => one.retries);

  it('binds where the bank can be told that it may take one', () => {
    expect(agreed('SANDBOX')).toEqual([retries, { when: 'NEVER' }]);
  });

  it('is left out over files, which ask for the whole', () => {
    expect(agreed('FILES')).toEqual([{ ...retries, partial: false }, { when: 'NEVER' }]);
  });
});
