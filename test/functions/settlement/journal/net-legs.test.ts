import { describe, expect, it } from 'vitest';
import { cutPostings, netLegs } from '../../../../functions/settlement/journal/net-legs.ts';
import type { AccountRole, RoleLeg } from '../../../../functions/settlement/journal/role-legs.ts';

const leg = (debit: AccountRole, credit: AccountRole, amount: bigint): RoleLeg => ({ debit, credit, amount });

describe('legs', () => {
  it('of a pair are one, in the direction of what is left', () => {
    const legs = [
      leg('supervised', 'payable:a', 500n),
      leg('payable:a', 'supervised', 700n),
      leg('channel:w', 'supervised', 900n),
      leg('supervised', 'payable:b', 1n),
    ];
    expect(netLegs(legs)).toEqual([
      leg('payable:a', 'supervised', 200n),
      leg('channel:w', 'supervised', 900n),
      leg('supervised', 'payable:b', 1n),
    ]);
  });

  it('that cancel out are none', () => {
    expect(netLegs([leg('supervised', 'payable:a', 5n), leg('payable:a', 'supervised', 5n)])).toEqual([]);
  });

  it('come in postings of forty', () => {
    const many = Array.from({ length: 81 }, (_, n) => leg('supervised', `payable:${n}`, 1n));
    expect(cutPostings(many).map(({ length }) => length)).toEqual([40, 40, 1]);
  });
});
