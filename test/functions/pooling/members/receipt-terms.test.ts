import { describe, expect, it } from 'vitest';
import { membersIn } from '../../../../functions/pooling/members/member-shapes.ts';
import { presentMembers } from '../../../../functions/pooling/members/present-members.ts';
import { readMembers } from '../../../../functions/pooling/members/read-members.ts';
import type { Pool } from '../../../../functions/pooling/pool.ts';

const accountId = 'acc_00000000000000000000000001';
const pool = { currency: 'CNY', rootAccountId: 'acc_00000000000000000000000000' } as Pool;
const facts = new Map([pool.rootAccountId, accountId].map((id) => [id, { currency: 'CNY', holder: 'Group' }]));

/** What a treasurer writes, with or without a word on receipts, for both directions. */
function body(receipts?: object) {
  const agreement = {
    effectiveFrom: '2026-01-01',
    rule: { method: 'ZERO_BALANCE' },
    ...(receipts !== undefined && { receipts }),
  };
  return { members: [{ accountId, up: [agreement], down: [agreement] }] };
}

function read(receipts?: object) {
  const { header, members, contracts } = readMembers(pool, membersIn.parse(body(receipts)), facts);
  return { version: 1, header, members, contracts, loanBooks: [] };
}

/** The first fault, where it lies. */
function faultOf(receipts: unknown) {
  const { error } = membersIn.safeParse(body(receipts as object));
  return error?.issues[0]?.path.join('/');
}

describe('the terms of receipts', () => {
  it.each([undefined, {}, { payer: 'SINGLE' }, { payer: 'SINGLE', payee: 'SINGLE' }])(
    '%o are those that hold without a word, and are not stored',
    (receipts) => {
      const configuration = read(receipts);
      expect(configuration).toEqual(read());
      expect(configuration.members[0]?.up[0]).not.toHaveProperty('receipts');
      expect(configuration.members[0]?.down[0]).not.toHaveProperty('receipts');
    },
  );

  it('are kept for each direction, and a side that is not named gets one per movement', () => {
    expect(read({ payee: 'AGGREGATED' }).members[0]).toMatchObject({
      up: [{ receipts: { payer: 'SINGLE', payee: 'AGGREGATED' } }],
      down: [{ receipts: { payer: 'SINGLE', payee: 'AGGREGATED' } }],
    });
  });

  it.each([undefined, { payer: 'NONE', payee: 'AGGREGATED' }])(
    '%o are shown in the form in which they are set',
    (receipts) => {
      const configuration = read(receipts);
      const shown = presentMembers(pool, configuration);
      expect(shown.members[0]?.up[0]).toMatchObject({ receipts: receipts ?? { payer: 'SINGLE', payee: 'SINGLE' } });
      const { version: _, ...again } = shown;
      const { members } = readMembers(pool, membersIn.parse(again), facts);
      expect(members).toEqual(configuration.members);
    },
  );

  it.each([
    ['a choice that is not there', { payer: 'BOTH' }, 'members/0/up/0/receipts/payer'],
    ['a side that is not there', { header: 'NONE' }, 'members/0/up/0/receipts'],
    ['a word in place of the two sides', 'NONE', 'members/0/up/0/receipts'],
    ['null', null, 'members/0/up/0/receipts'],
  ])('are refused as %s, and the field is named', (_, receipts, path) => {
    expect(faultOf(receipts)).toContain(path);
  });
});
