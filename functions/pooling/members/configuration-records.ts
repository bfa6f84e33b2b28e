import {
  type Configuration,
  type HeaderTerms,
  type LoanBook,
  type LoanContract,
  type Member,
  pairOf,
} from '../pool.ts';

/** A part of a configuration, small enough for any block; what there may be thousands of is a record each. */
export type ConfigurationRecord =
  | { readonly part: 'HEAD'; readonly version: number; readonly header: HeaderTerms }
  | { readonly part: 'MEMBER'; readonly member: Member }
  | { readonly part: 'CONTRACT'; readonly contract: LoanContract }
  | { readonly part: 'LOAN_BOOK'; readonly loanBook: Omit<LoanBook, 'pair'> };

/** A configuration as records, in its own order. */
export function configurationRecords({
  version,
  header,
  members,
  contracts,
  loanBooks,
}: Configuration): ConfigurationRecord[] {
  return [
    { part: 'HEAD', version, header },
    ...members.map((member) => ({ part: 'MEMBER' as const, member })),
    ...contracts.map((contract) => ({ part: 'CONTRACT' as const, contract })),
    ...loanBooks.map(({ pair: _, ...loanBook }) => ({ part: 'LOAN_BOOK' as const, loanBook })),
  ];
}

/** Throws where the head is missing, which every configuration has. */
export function configurationFromRecords(records: readonly ConfigurationRecord[]): Configuration {
  const head = records.find((record) => record.part === 'HEAD');
  if (!head) throw new Error('A configuration is stored without its head.');
  return {
    version: head.version,
    header: head.header,
    members: records.flatMap((record) => (record.part === 'MEMBER' ? [record.member] : [])),
    contracts: records.flatMap((record) => (record.part === 'CONTRACT' ? [record.contract] : [])),
    loanBooks: records.flatMap((record) => (record.part === 'LOAN_BOOK' ? [withPair(record.loanBook)] : [])),
  };
}

function withPair(loanBook: Omit<LoanBook, 'pair'>): LoanBook {
  return { pair: pairOf(loanBook.first, loanBook.second), ...loanBook };
}
