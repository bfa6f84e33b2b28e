import { expect, it } from 'vitest';
import { readWhole } from './read.ts';

const entryOf = (details: string) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>N-1</MsgId><CreDtTm>2026-03-03T18:00:00</CreDtTm></GrpHdr>
<Ntfctn><Id>N-1</Id><CreDtTm>2026-03-03T18:00:00</CreDtTm><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-03</Dt></BookgDt>
<NtryDtls>${details}</NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;
const batch = '<Btch><MsgId>M-1</MsgId><PmtInfId>P-1</PmtInfId><NbOfTxs>1</NbOfTxs></Btch>';
const transaction = (refs: string) => `<TxDtls><Refs>${refs}</Refs></TxDtls>`;

it.each([
  ['without transactions', batch, { messageId: 'M-1', paymentInformationId: 'P-1' }],
  [
    'with one transaction, besides those of that',
    batch + transaction('<EndToEndId>E-1</EndToEndId>'),
    { messageId: 'M-1', paymentInformationId: 'P-1', endToEndId: 'E-1' },
  ],
  [
    'with one transaction, which is more exact',
    batch + transaction('<PmtInfId>P-2</PmtInfId>'),
    { messageId: 'M-1', paymentInformationId: 'P-2' },
  ],
  ['with two transactions', batch + transaction('').repeat(2), { messageId: 'M-1', paymentInformationId: 'P-1' }],
])('a batch %s has the references of the order that it came from', async (_, details, expected) => {
  const [statement] = await readWhole(entryOf(details));
  expect(statement?.entries[0]?.references).toEqual(expected);
});
