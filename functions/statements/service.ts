import type { Role, ServiceDescription } from '../../shared/service/description.ts';

const readers: readonly Role[] = ['treasurer', 'approver', 'operator', 'auditor'];
const importers: readonly Role[] = ['treasurer', 'operator'];

export const service: ServiceDescription = {
  name: 'statements',
  title: 'Bank statements',
  description:
    'Takes the statement files of any bank (camt.052, camt.053, camt.054, MT940, MT942), checks that they add up, ' +
    'keeps every line and tells the other capabilities what was received.',
  table: {
    indexes: [
      { name: 'byTenant', partitionKey: 'timelineOf', sortKey: 'timelineAt' },
      { name: 'byAccount', partitionKey: 'accountOf', sortKey: 'timelineAt' },
      { name: 'byChain', partitionKey: 'chainOf', sortKey: 'chainAt' },
    ],
  },
  bucket: { entry: 'on-upload', prefix: 'statements/', memoryMb: 1024, timeoutSeconds: 900 },
  uses: ['ledger'],
  api: { memoryMb: 1024 },
  routes: [
    {
      operation: 'importStatements',
      method: 'POST',
      path: '/v1/statements',
      access: importers,
      summary: 'Import a statement file',
      success: 201,
      idempotencyKey: 'REQUIRED',
      body: 'FILE',
      largeFilesThrough: 'createStatementUpload',
    },
    {
      operation: 'listStatements',
      method: 'GET',
      path: '/v1/statements',
      access: readers,
      summary: 'List statements',
      success: 200,
    },
    {
      operation: 'getStatement',
      method: 'GET',
      path: '/v1/statements/{id}',
      access: readers,
      summary: 'Read a statement with its balances, totals and differences',
      success: 200,
    },
    {
      operation: 'listStatementEntries',
      method: 'GET',
      path: '/v1/statements/{id}/entries',
      access: readers,
      summary: 'List the entries of a statement',
      success: 200,
    },
    {
      operation: 'listEntryDetails',
      method: 'GET',
      path: '/v1/statements/{id}/entries/{sequence}/details',
      access: readers,
      summary: 'List the transactions of a batch entry',
      success: 200,
    },
    {
      operation: 'assignStatement',
      method: 'POST',
      path: '/v1/statements/{id}/assign',
      access: importers,
      summary: 'Assign a statement of an unknown account number to an account',
      success: 200,
    },
    {
      operation: 'createStatementUpload',
      method: 'POST',
      path: '/v1/statement-uploads',
      access: importers,
      summary: 'Open an upload for a large statement file',
      success: 201,
      idempotencyKey: 'REQUIRED',
    },
    {
      operation: 'getStatementUpload',
      method: 'GET',
      path: '/v1/statement-uploads/{id}',
      access: readers,
      summary: 'Follow an upload to its result',
      success: 200,
    },
  ],
  streams: [
    {
      entry: 'on-change',
      batchSize: 5,
      kinds: ['STATEMENT', 'RECEIPTS'],
      changes: ['INSERT', 'MODIFY'],
      memoryMb: 512,
      timeoutSeconds: 300,
    },
  ],
  publishes: [
    {
      type: 'statements.statement-imported.v1',
      description: 'A statement has become visible, with its balances, totals and whether it adds up.',
    },
    {
      type: 'statements.statement-assigned.v1',
      description: 'A statement of an unknown account number was assigned to an account.',
    },
    {
      type: 'statements.receipt-recorded.v1',
      description:
        'One booked credit of an assigned statement: who paid what, when, with which references. A credit that several ' +
        'reports carry (camt.052, camt.054 and camt.053, or MT942 and MT940) is told by each, with an entry id of its own ' +
        'and the same `creditKey`: take it once. The key is derived from account, amount, currency, booking day, the ' +
        "bank's reference (else the end-to-end id) and its place among equal credits of the report. `ownAccountId` is " +
        'there where it came from another account of your own ledger.',
    },
    {
      type: 'statements.credit-reversed.v1',
      description:
        'A bank took a credit of an assigned statement back: a booked debit that reverses one (MT940 mark RC, camt DBIT with ' +
        'RvslInd). It has the fields of a receipt, and `reversalKey` in the place of `creditKey`: take it once.',
    },
  ],
};
