/** Who owes what, and what a bank tells of who paid: so chosen that each way to recognise money comes up once. */

export interface DemoCustomer {
  readonly number: string;
  readonly name: string;
  readonly accounts?: readonly string[];
}

export interface DemoInvoice {
  readonly number: string;
  readonly customer: string;
  readonly amount: string;
  /** Days before today. */
  readonly issuedAgo: number;
  readonly terms: string;
}

export interface DemoCredit {
  readonly amount: string;
  readonly payer: string;
  readonly account?: string;
  readonly text?: string;
}

export const customers: readonly DemoCustomer[] = [
  { number: 'C1', name: '江南机械厂' },
  { number: 'C2', name: '西湖茶业有限公司' },
  { number: 'C3', name: '深圳市前海商贸有限公司', accounts: ['6230580000123456789'] },
  { number: 'C4', name: '北京燕山贸易股份有限公司' },
  { number: 'C5', name: 'Hansen Maritime AS' },
  { number: 'C6', name: '长江物流有限公司' },
];

export const invoices: readonly DemoInvoice[] = [
  { number: 'A1', customer: 'C1', amount: '12500.00', issuedAgo: 20, terms: 'net 30' },
  { number: 'A2', customer: 'C2', amount: '8600.00', issuedAgo: 45, terms: 'net 30' },
  { number: 'A4', customer: 'C6', amount: '47000.00', issuedAgo: 5, terms: 'net 30' },
  { number: 'B1', customer: 'C3', amount: '1200.00', issuedAgo: 95, terms: 'net 30' },
  { number: 'B2', customer: 'C3', amount: '3450.50', issuedAgo: 40, terms: 'net 30' },
  { number: 'B3', customer: 'C3', amount: '780.25', issuedAgo: 38, terms: 'net 30' },
  { number: 'B4', customer: 'C3', amount: '2019.75', issuedAgo: 36, terms: 'net 30' },
  { number: 'B5', customer: 'C3', amount: '5000.00', issuedAgo: 10, terms: 'net 30' },
  { number: 'D1', customer: 'C4', amount: '12345.67', issuedAgo: 10, terms: '2/10 net 30' },
  { number: 'D2', customer: 'C4', amount: '30000.00', issuedAgo: 70, terms: 'net 30' },
  { number: 'E1', customer: 'C5', amount: '1500.00', issuedAgo: 33, terms: 'net 30' },
  { number: 'E2', customer: 'C5', amount: '1500.00', issuedAgo: 32, terms: 'net 30' },
  { number: 'E3', customer: 'C5', amount: '9800.00', issuedAgo: 150, terms: 'net 30' },
];

/** What the bank's statement has; `{B1}` stands for an invoice's number. */
export const credits: readonly DemoCredit[] = [
  {
    amount: '6250.50',
    payer: '深圳市前海商贸有限公司',
    account: '6230580000123456789',
    text: '货款',
  },
  { amount: '12098.76', payer: '北京燕山贸易股份有限公司', text: '付发票 {D1} 货款，已扣除早付折扣' },
  { amount: '20000.00', payer: '北京燕山贸易股份有限公司', text: '{D2} 部分付款' },
  { amount: '1500.00', payer: 'HANSEN MARITIME AS', text: 'Payment as agreed' },
  { amount: '9785.00', payer: 'Hansen Maritime AS', text: 'Invoice {E3}' },
  { amount: '4321.00', payer: '王小明', text: '转账' },
];

/** A statement of a bank (camt.053) with these credits. */
export function demoStatement(
  account: string,
  date: string,
  opening: string,
  numberOf: (invoice: string) => string,
): Uint8Array {
  const cents = (amount: string) => BigInt(amount.replace('.', ''));
  const closing = credits.reduce((total, { amount }) => total + cents(amount), cents(opening));
  const text = String(closing);
  const balance = (type: string, amount: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${amount}</Amt>` +
    `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;
  const entries = credits.map(({ amount, payer, account: from, text: words = '' }, place) => {
    const said = words.replace(/\{(\w+)\}/g, (_, invoice: string) => numberOf(invoice));
    const paidFrom = from === undefined ? '' : `<DbtrAcct><Id><Othr><Id>${from}</Id></Othr></Id></DbtrAcct>`;
    return (
      `<Ntry><NtryRef>${place + 1}</NtryRef><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>` +
      `<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${date}</Dt></BookgDt><ValDt><Dt>${date}</Dt></ValDt>` +
      `<AcctSvcrRef>${account}-${place + 1}</AcctSvcrRef><NtryDtls><TxDtls>` +
      `<Refs><AcctSvcrRef>${account}-${place + 1}</AcctSvcrRef></Refs>` +
      `<Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>` +
      `<RltdPties><Dbtr><Pty><Nm>${payer}</Nm></Pty></Dbtr>${paidFrom}</RltdPties>` +
      `<RmtInf><Ustrd>${said}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
    );
  });
  return new TextEncoder().encode(
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>' +
      `<GrpHdr><MsgId>${account}</MsgId><CreDtTm>${date}T20:00:00+08:00</CreDtTm></GrpHdr><Stmt><Id>${account}</Id>` +
      `<Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>` +
      balance('OPBD', opening) +
      balance('CLBD', `${text.slice(0, -2)}.${text.slice(-2)}`) +
      `${entries.join('')}</Stmt></BkToCstmrStmt></Document>`,
  );
}
