/** Statement files of any size for measurements: made of one block of varied entries, repeated. */
const entriesPerBlock = 2_000;

export type BenchFormat = 'camt.053' | 'MT940' | 'MT942';

export async function* statementFile(format: BenchFormat, bytes: number): AsyncGenerator<Uint8Array> {
  const { head, block, tail } = parts[format]();
  yield* [head].filter((part) => part.length > 0);
  for (let sent = 0; sent < bytes; sent += block.length) yield* chunks(block);
  yield* [tail].filter((part) => part.length > 0);
}

/** As a file is read from disk or network. */
const chunkBytes = 64 * 1024;

function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
}

interface Parts {
  readonly head: Uint8Array;
  readonly block: Uint8Array;
  readonly tail: Uint8Array;
}

const parts: Record<BenchFormat, () => Parts> = {
  'camt.053': () => ({ head: encode(camtHead), block: encode(times(camtEntry)), tail: encode(camtTail) }),
  MT940: () => ({ head: encode(''), block: encode(mt940Message()), tail: encode('') }),
  MT942: () => ({ head: encode(''), block: encode(mt942Message()), tail: encode('') }),
};

const encoder = new TextEncoder();

function encode(text: string): Uint8Array {
  return encoder.encode(text);
}

function times(make: (index: number) => string): string {
  return Array.from({ length: entriesPerBlock }, (_, index) => make(index)).join('');
}

function amountOf(index: number): string {
  return `${1000 + index * 37}.${String(index % 100).padStart(2, '0')}`;
}

const camtHead =
  '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">' +
  '<BkToCstmrStmt><GrpHdr><MsgId>BENCH-1</MsgId><CreDtTm>2026-03-02T06:00:00+01:00</CreDtTm></GrpHdr><Stmt>' +
  '<Id>BENCH-1-1</Id><ElctrncSeqNb>41</ElctrncSeqNb><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>' +
  '<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>' +
  '<Dt><Dt>2026-03-02</Dt></Dt></Bal>';
const camtTail = '</Stmt></BkToCstmrStmt></Document>';

function camtEntry(index: number): string {
  const credit = index % 3 !== 0;
  const [side, agent] = credit ? ['Dbtr', 'DbtrAgt'] : ['Cdtr', 'CdtrAgt'];
  const amount = `<Amt Ccy="EUR">${amountOf(index)}</Amt><CdtDbtInd>${credit ? 'CRDT' : 'DBIT'}</CdtDbtInd>`;
  return (
    `<Ntry><NtryRef>${index}</NtryRef>${amount}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>` +
    `<ValDt><Dt>2026-03-02</Dt></ValDt><AcctSvcrRef>BANK${index}-0302</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly>` +
    `<Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E2E-${index}` +
    `</EndToEndId></Refs>${amount}<RltdPties><${side}><Pty><Nm>Customer Number ${index} GmbH</Nm></Pty></${side}>` +
    `<${side}Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></${side}Acct></RltdPties><RltdAgts><${agent}><FinInstnId>` +
    `<BICFI>COBADEFFXXX</BICFI></FinInstnId></${agent}></RltdAgts><RmtInf><Ustrd>Invoice 2026-${index} of February` +
    `</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
  );
}

function mtEntry(index: number): string {
  const mark = index % 3 === 0 ? 'D' : index % 50 === 1 ? 'RC' : 'C';
  return (
    `:61:2603020302${mark}${amountOf(index).replace('.', ',')}NTRFE2E-${index}//BANK${index}\r\n` +
    `:86:166?00GUTSCHRIFT?100399?20EREF+E2E-${index}?21SVWZ+Invoice 2026-${index} of?22 February\r\n` +
    `?30COBADEFFXXX?31DE89370400440532013000?32Customer Number ${index} GmbH\r\n`
  );
}

function mt940Message(): string {
  return (
    ':20:BENCH\r\n:25:DE02120300000000202051\r\n:28C:41/1\r\n:60F:C260301EUR0,00\r\n' +
    `${times(mtEntry)}:62F:C260302EUR0,00\r\n-\r\n`
  );
}

function mt942Message(): string {
  return (
    ':20:BENCH\r\n:25:DE02120300000000202051\r\n:28C:41/1\r\n:34F:EUR0,\r\n:13D:2603021200+0100\r\n' +
    `${times(mtEntry)}:90D:667EUR0,00\r\n:90C:1333EUR0,00\r\n-\r\n`
  );
}
