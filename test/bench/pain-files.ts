import type { CollectionMessage, CollectionTransaction } from '../../shared/formats/pain/payment-message.ts';

/** Payment messages and reports of any number of transactions, made as they are read, so that they take no memory. */

const transactionsPerPayment = 10_000;

export function collections(count: number): CollectionMessage {
  const groups = Math.ceil(count / transactionsPerPayment);
  return {
    messageId: 'BENCH-1',
    createdAt: '2026-03-02T06:00:00Z',
    initiatingParty: { name: '城市水务集团', id: '911100001000044477' },
    payments: Array.from({ length: groups }, (_, group) => ({
      paymentInformationId: `BENCH-1-${group}`,
      requestedDate: '2026-03-03',
      batchBooking: true,
      sequenceType: 'RCUR',
      creditor: { name: '城市水务集团', account: { number: '11001085100059000111' }, agent: { bic: 'PCBCCNBJ' } },
      transactions: {
        *[Symbol.iterator]() {
          const end = Math.min(count, (group + 1) * transactionsPerPayment);
          for (let index = group * transactionsPerPayment; index < end; index += 1) yield collection(index);
        },
      },
    })),
  };
}

function collection(index: number): CollectionTransaction {
  return {
    endToEndId: `WATER-2026-02-${index}`,
    instructionId: `I-${index}`,
    amount: BigInt(1_000 + ((index * 37) % 100_000)),
    currency: 'CNY',
    debtor: {
      name: `用户第${index}号`,
      account: { number: `62170000${String(index).padStart(11, '0')}` },
      agent: { clearing: { system: 'CNAPS', code: '105100000017' } },
    },
    mandate: { id: `MANDATE-${index}`, signedOn: '2025-06-30' },
    remittance: `水费 2026-02, 户号 ${index}`,
  };
}

/** One in ten is rejected; every transaction has its line. */
export function* statusReport(count: number): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">';
  yield '<CstmrPmtStsRpt><GrpHdr><MsgId>R-1</MsgId><CreDtTm>2026-03-03T09:00:00+08:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts>';
  yield '<OrgnlMsgId>BENCH-1</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId><GrpSts>PART</GrpSts>';
  yield '</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>BENCH-1-0</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>';
  for (let index = 0; index < count; index += 1) yield statusLine(index);
  yield '</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>';
}

function statusLine(index: number): string {
  const reason = '<StsRsnInf><Rsn><Cd>AM04</Cd></Rsn><AddtlInf>余额不足</AddtlInf></StsRsnInf>';
  const status = index % 10 === 0 ? `<TxSts>RJCT</TxSts>${reason}` : '<TxSts>ACSC</TxSts>';
  return (
    `<TxInfAndSts><OrgnlInstrId>I-${index}</OrgnlInstrId><OrgnlEndToEndId>WATER-2026-02-${index}</OrgnlEndToEndId>${status}` +
    '<AccptncDtTm>2026-03-03T09:00:00+08:00</AccptncDtTm></TxInfAndSts>'
  );
}

/** A camt.054 of collected money: `inOneEntry`, one booking of them all, or an entry each. */
export function* notification(count: number, inOneEntry: boolean): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">';
  yield '<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N-1</MsgId><CreDtTm>2026-03-03T09:00:00+08:00</CreDtTm></GrpHdr><Ntfctn>';
  yield '<Id>N-1-1</Id><Acct><Id><Othr><Id>11001085100059000111</Id></Othr></Id><Ccy>CNY</Ccy></Acct>';
  if (inOneEntry) yield entryHead(count * 1_000);
  for (let index = 0; index < count; index += 1) {
    yield inOneEntry ? details(index) : `${entryHead(1_000)}${details(index)}${entryTail}`;
  }
  if (inOneEntry) yield entryTail;
  yield '</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>';
}

const entryTail = '</NtryDtls></Ntry>';

function entryHead(fen: number): string {
  return (
    `<Ntry><Amt Ccy="CNY">${(fen / 100).toFixed(2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt>` +
    '<Dt>2026-03-03</Dt></BookgDt><ValDt><Dt>2026-03-03</Dt></ValDt><AcctSvcrRef>BANK-0303</AcctSvcrRef><NtryDtls>'
  );
}

function details(index: number): string {
  return (
    `<TxDtls><Refs><EndToEndId>WATER-2026-02-${index}</EndToEndId><MndtId>MANDATE-${index}</MndtId></Refs><Amt Ccy="CNY">10.00` +
    `</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>用户第${index}号</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>` +
    `62170000${String(index).padStart(11, '0')}</Id></Othr></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>水费 2026-02</Ustrd>` +
    '</RmtInf></TxDtls>'
  );
}
