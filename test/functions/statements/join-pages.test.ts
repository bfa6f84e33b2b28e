import { describe, expect, it } from 'vitest';
import { joinPages as join } from '../../../functions/statements/join-pages.ts';
import type { Page } from '../../../functions/statements/page.ts';
import { balance, page } from './pages.ts';

const carried = { intermediate: true } as const;

const joinPages = (pages: readonly Page[]) => join(pages).statements;

describe('pages of a statement', () => {
  it('of MT940 are joined when one closes with 62M and the next of the account opens with 60M', () => {
    const first = page({ balances: [balance('OPBD', 0n), balance('CLBD', 100n, carried)] });
    const second = page({ balances: [balance('OPBD', 100n, carried), balance('CLBD', 50n)] });
    expect(joinPages([first, second])).toEqual([[first, second]]);
  });

  it('are joined though a page of another account stands between them', () => {
    const first = page({ balances: [balance('OPBD', 0n), balance('CLBD', 100n, carried)] });
    const other = page({ header: { account: { number: '4711', currency: 'EUR' } }, balances: [balance('OPBD', 7n)] });
    const second = page({ balances: [balance('OPBD', 100n, carried), balance('CLBD', 50n)] });
    expect(joinPages([first, other, second])).toEqual([[first, second], [other]]);
  });

  it('of another statement number are not joined', () => {
    const first = page({ balances: [balance('CLBD', 100n, carried)] });
    const second = page({ header: { sequenceNumber: '42' }, balances: [balance('OPBD', 100n, carried)] });
    expect(joinPages([first, second])).toHaveLength(2);
  });

  it('that are whole statements are not joined', () => {
    const monday = page({ balances: [balance('OPBD', 0n), balance('CLBD', 100n)] });
    const tuesday = page({ balances: [balance('OPBD', 100n), balance('CLBD', 50n)] });
    expect(joinPages([monday, tuesday])).toHaveLength(2);
  });

  it('of camt are joined by the id of the statement and the number of the page', () => {
    const header = { format: 'camt.053', statementId: 'S1' } as const;
    const first = page({ header: { ...header, pageNumber: 1, lastPage: false } });
    const second = page({ header: { ...header, pageNumber: 2, lastPage: true } });
    expect(joinPages([first, second])).toEqual([[first, second]]);
  });

  it('are left out and counted when the page before them is the same, not when only its number is', () => {
    const header = { format: 'camt.053', statementId: 'S1' } as const;
    const first = page({ header: { ...header, pageNumber: 1, lastPage: false } });
    const second = page({ header: { ...header, pageNumber: 2, lastPage: true } });
    const other = page({ header: { ...header, pageNumber: 2, lastPage: true }, balances: [balance('CLBD', 1n)] });
    expect(join([first, first, second, second])).toEqual({ statements: [[first, second]], repeatedPages: 2 });
    expect(join([first, second, other])).toEqual({ statements: [[first, second], [other]], repeatedPages: 0 });
  });

  it('are never joined across formats', () => {
    const first = page({ balances: [balance('CLBD', 100n, carried)] });
    const second = page({ header: { format: 'MT942' }, balances: [balance('OPBD', 100n, carried)] });
    expect(joinPages([first, second])).toHaveLength(2);
  });
});
