/** Examples of the reference page. The file is a real MT940 that imports as it stands. */
const eur = (amount: string) => ({ amount, currency: 'EUR' });

export const accountId = 'acc_01KJM0W3Z8Q4T5V6X7Y8Z9A0B1';
const statementId = 'stm_3M7Q2K9V4X1C8B5N6T0R2W4Y6Z';

export const statementFile = [
  ':20:STMT20260302',
  ':25:DE75512108001245126199',
  ':28C:41/1',
  ':60F:C260227EUR1000,00',
  ':61:2603020302C250,50NTRFINV-2026-017//BANK0001',
  ':86:166?00CREDIT TRANSFER?20SVWZ+Invoice INV-2026-017?31DE02120300000000202051?32Example Trading GmbH',
  ':61:2603020302D50,25NCHGNONREF//BANK0002',
  ':86:805?00ACCOUNT FEES',
  ':62F:C260302EUR1200,25',
  '-',
  '',
].join('\r\n');

export const summary = {
  id: statementId,
  format: 'MT940' as const,
  statementId: 'STMT20260302',
  sequenceNumber: '41',
  account: { number: '****6199', accountKey: 'q2Zc0m3oX3nTtq2cJm3r8h0JmQ9u7c1m4p8lYd0w6sA' },
  assignment: 'UNASSIGNED' as const,
  currency: 'EUR',
  fromDate: '2026-02-27',
  toDate: '2026-03-02',
  status: 'BALANCED' as const,
  opening: eur('1000.00'),
  closing: eur('1200.25'),
  computedClosing: eur('1200.25'),
  difference: eur('0.00'),
  credits: { count: 1, total: eur('250.50') },
  debits: { count: 1, total: eur('50.25') },
  entries: 2,
  flags: [],
  importedAt: '2026-03-03T06:00:00.000Z',
};

export const statement = {
  ...summary,
  continuity: { status: 'FIRST' as const },
  openingType: 'OPBD',
  closingType: 'CLBD',
  balances: [
    { type: 'OPBD', amount: eur('1000.00'), date: '2026-02-27' },
    { type: 'CLBD', amount: eur('1200.25'), date: '2026-03-02' },
  ],
  pagesCount: 1,
  pages: [],
  importedBy: { client: 'treasurer', role: 'treasurer', requestId: 'f3a1c0de' },
};

export const entry = {
  id: 'ent_5S1T9H3K7P2M4C6V8X0Z1B3D5F',
  sequence: 1,
  creditDebit: 'CREDIT' as const,
  amount: eur('250.50'),
  reversal: false,
  status: 'BOOKED' as const,
  bookingDate: '2026-03-02',
  valueDate: '2026-03-02',
  bankReference: 'BANK0001',
  entryReference: 'INV-2026-017',
  transactionCode: 'NTRF',
  counterparty: {
    name: 'Example Trading GmbH',
    account: '****2051',
    counterpartyKey: 'b6nUe0tq2cJm3r8h0JmQ9u7c1m4p8lYd0w6sAq2Zc0m',
  },
  references: {},
  remittance: 'Invoice INV-2026-017',
  detailsCount: 0,
  details: [],
  flags: [],
};

export const importAnswer = {
  importId: 'imp_7A2C4E6G8J0K1M3P5R7T9V1X3Z',
  format: 'MT940' as const,
  alreadyImported: false,
  statements: [
    {
      id: statementId,
      account: '****6199',
      assignment: 'UNASSIGNED' as const,
      currency: 'EUR',
      toDate: '2026-03-02',
      status: 'BALANCED' as const,
      entries: 2,
      alreadyImported: false,
    },
  ],
  repeatedInFile: 0,
};

export const uploadWaiting = {
  id: 'upl_1B3D5F7H9K2M4P6R8T0V1X3Z5A',
  status: 'WAITING' as const,
  fileName: 'march.xml',
  uploadUrl: 'https://uploads.example.com/statements/demo/upl_1B3D5F7H9K2M4P6R8T0V1X3Z5A?X-Amz-Signature=…',
  expiresAt: '2026-03-03T06:15:00.000Z',
  bytes: 0,
  entries: 0,
};

export const uploadCompleted = {
  id: uploadWaiting.id,
  status: 'COMPLETED' as const,
  fileName: 'march.xml',
  expiresAt: '2026-03-03T06:15:00.000Z',
  bytes: 20_000_000,
  entries: 2,
  result: importAnswer,
};
