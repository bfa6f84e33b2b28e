import { describe, expect, test } from 'vitest';
import { child, header, plan, still, up, upTo, zeroBalance } from './pool-sketch.ts';

const goes = (levels: number) => up({ method: 'ZERO_BALANCE' }, { levels });

describe('levels that a sweep ripples up in one run (多级联动上划层级)', () => {
  const line = (levels: number) => [
    header(),
    child('R', 30n, { up: zeroBalance }),
    child('S', 5n, { parentId: 'R', up: zeroBalance }),
    child('A', 100n, { parentId: 'S', up: goes(levels) }),
  ];

  test('one: it stays with the parent, whose own money goes on', () => {
    expect(plan(line(1))).toEqual({ legs: ['A → S 100', 'S → R 5', 'R → HQ 35'], idle: {} });
  });

  test('two: it stays one level higher', () => {
    expect(plan(line(2))).toEqual({ legs: ['A → S 100', 'S → R 105', 'R → HQ 35'], idle: {} });
  });

  test('three: it reaches the header', () => {
    expect(plan(line(3))).toEqual({ legs: ['A → S 100', 'S → R 105', 'R → HQ 135'], idle: {} });
  });

  test('an account that holds nothing else says that the levels stop it', () => {
    const nodes = [header(), child('R', 0n, { up: zeroBalance }), child('A', 100n, { parentId: 'R', up: goes(1) })];
    expect(plan(nodes)).toEqual({ legs: ['A → R 100'], idle: { ...still, R: 'LEVELS, NO_AGREEMENT' } });
  });

  test('what stays makes up a reserve, so that more of the own money may go', () => {
    const nodes = [
      header(),
      child('R', 40n, { reserve: 50n, up: zeroBalance }),
      child('A', 30n, { parentId: 'R', up: goes(1) }),
    ];
    // Of 70, 50 are kept: the 30 that may go no farther and 20 of its own.
    expect(plan(nodes)).toEqual({ legs: ['A → R 30', 'R → HQ 20'], idle: {} });
  });

  test('what stays fills an overdraft and the needs of sisters first', () => {
    const nodes = [
      header(),
      child('R', -20n, { up: zeroBalance }),
      child('A', 100n, { parentId: 'R', up: goes(1) }),
      child('B', 60n, { parentId: 'R', up: zeroBalance }),
      child('C', 0n, { parentId: 'R', down: upTo(50n) }),
    ];
    // Of A's 100, 20 fill the overdraft and 50 go to C; 30 stay. B's 60 go on.
    expect(plan(nodes)).toEqual({ legs: ['A → R 100', 'B → R 60', 'R → HQ 60', 'R → C 50'], idle: {} });
  });

  test('money that may go farthest goes first', () => {
    const nodes = [
      header(),
      child('R', 0n, { up: up({ method: 'FIXED', amount: 50n }) }),
      child('S', 0n, { parentId: 'R', up: up({ method: 'FIXED', amount: 60n }) }),
      child('A', 40n, { parentId: 'S', up: goes(2) }),
      child('B', 40n, { parentId: 'S', up: goes(3) }),
    ];
    // S sends B's 40 and 20 of A's. At R only B's 40 have a level left.
    expect(plan(nodes).legs).toEqual(['A → S 40', 'B → S 40', 'S → R 60', 'R → HQ 40 KEPT_BACK']);
  });
});

describe('levels that a funding ripples down in one run (多级联动下拨层级)', () => {
  const line = (levels: number, s: bigint) => [
    header(100n),
    child('R', 30n),
    child('S', s, { parentId: 'R' }),
    child('A', 0n, { parentId: 'S', down: upTo(80n, { levels }) }),
  ];

  test('one: only the parent funds it, and it says that more was too far away', () => {
    expect(plan(line(1, 20n))).toEqual({
      legs: ['S → A 20 LEVELS'],
      idle: { ...still, R: 'NO_AGREEMENT, NO_AGREEMENT', S: 'NO_AGREEMENT, NO_AGREEMENT' },
    });
    expect(plan(line(1, 0n)).idle.A).toBe('NO_AGREEMENT, LEVELS');
  });

  test('two: the parent of the parent funds it too', () => {
    expect(plan(line(2, 20n)).legs).toEqual(['R → S 30', 'S → A 50 LEVELS']);
  });

  test('three: the header completes it', () => {
    expect(plan(line(3, 20n)).legs).toEqual(['HQ → R 60', 'R → S 60', 'S → A 80']);
  });

  test('a parent that is short is told as short where nobody farther up holds more', () => {
    const nodes = [header(), child('R', 30n), child('A', 0n, { parentId: 'R', down: upTo(80n, { levels: 1 }) })];
    expect(plan(nodes).legs).toEqual(['R → A 30 PARENT_SHORT']);
  });
});
