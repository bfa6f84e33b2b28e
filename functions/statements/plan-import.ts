import type { StatementHeader } from '../../shared/formats/statement-events.ts';
import { requireItemRoom } from './file-digest.ts';
import { joinPages } from './join-pages.ts';
import type { Page } from './page.ts';
import { statementsPerFileMax, tooMany } from './read-file.ts';
import { describeStatement, type Statement } from './statement.ts';

/** A statement of a file and where its entries are in it. */
export interface PlannedStatement {
  readonly statement: Statement;
  readonly account: StatementHeader['account'];
  readonly placeInFile: number;
}

/** Where the entries of one page of the file go: which statement, after how many entries of earlier pages. */
export interface PageTarget {
  readonly statementId: string;
  readonly entriesBefore: number;
  readonly isLastPage: boolean;
}

export interface ImportPlan {
  /** Each statement once. */
  readonly statements: readonly PlannedStatement[];
  /** By page of the file; undefined for a page, or one of a statement, that the file holds twice. */
  readonly targets: readonly (PageTarget | undefined)[];
  readonly repeatedInFile: number;
}

/**
 * Joins the pages of a file to statements and says where each entry belongs.
 *
 * @throws statements/too-large when there are too many, or one is more than an item can hold.
 */
export function planImport(tenant: string, pages: readonly Page[], hashNumber: (number: string) => string): ImportPlan {
  const { statements: groups, repeatedPages } = joinPages(pages.map((page, index) => ({ ...page, index })));
  if (groups.length > statementsPerFileMax) throw tooMany('statements', statementsPerFileMax);
  const statements = new Map<string, PlannedStatement>();
  const targets = new Array<PageTarget | undefined>(pages.length).fill(undefined);
  for (const [placeInFile, group] of groups.entries()) {
    const [first, ...others] = group;
    if (!first) continue;
    const { account } = first.header;
    const accountKey = hashNumber(account.iban ?? account.number ?? '');
    const statement = describeStatement(tenant, accountKey, [first, ...others]);
    if (statements.has(statement.id)) continue;
    requireItemRoom(statement, `statement ${placeInFile + 1}`);
    statements.set(statement.id, { statement, account, placeInFile });
    let entriesBefore = 0;
    for (const { index, entries } of group) {
      const isLastPage = index === group.at(-1)?.index;
      targets[index] = { statementId: statement.id, entriesBefore, isLastPage };
      entriesBefore += entries;
    }
  }
  const repeatedInFile = groups.length - statements.size + repeatedPages;
  return { statements: [...statements.values()], targets, repeatedInFile };
}
