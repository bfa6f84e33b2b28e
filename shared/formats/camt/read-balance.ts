import { defined } from '../../objects/defined.ts';
import { readAmount } from '../amount-text.ts';
import { readIsoDate } from '../dates.ts';
import type { DeclaredTotal, DeclaredTotals, StatementBalance, TrailerFlag } from '../statement-events.ts';
import { find, firstText, textAt, type XmlNode } from '../xml/xml-node.ts';
import { readIndicator, readSignedAmount } from './read-amounts.ts';

export interface BalanceReading {
  readonly balance: StatementBalance;
  readonly flags: readonly TrailerFlag[];
}

/** A Bal. Without CdtDbtInd it is a credit balance, marked. Bank's own types keep the bank's own name. */
export function readBalance(node: XmlNode, statement: string, accountCurrency: string | undefined): BalanceReading {
  const value = readSignedAmount(node, `${statement}/Bal`, accountCurrency);
  const type = firstText(node, ['Tp', 'CdOrPrtry', 'Cd'], ['Tp', 'CdOrPrtry', 'Prtry'], ['Tp', 'Cd'], ['Tp', 'Prtry']);
  const written = firstText(node, ['Dt', 'Dt'], ['Dt', 'DtTm']);
  const { date, adjusted } = readIsoDate(written ?? '');
  const balance: StatementBalance = {
    type: type ?? 'UNKNOWN',
    amount: value.amount,
    currency: value.currency,
    ...defined({ date }),
    ...(value.indicatorMissing && { indicatorMissing: true }),
    ...(textAt(node, 'Tp', 'SubTp', 'Cd') === 'INTM' && { intermediate: true }),
  };
  const flags: TrailerFlag[] = [];
  if (value.negative) flags.push('NEGATIVE_AMOUNT');
  if (adjusted) flags.push('DATE_ADJUSTED');
  if (written !== undefined && date === undefined) flags.push('DATE_UNREADABLE');
  return { balance, flags };
}

/** TxsSummry: what the bank says its entries add up to. Sums have no currency of their own, so they need the account's. */
export function readTotals(summary: XmlNode, statement: string, currency: string | undefined): DeclaredTotals {
  const read = (name: string): DeclaredTotal | undefined => {
    const node = find(summary, name);
    return node && readTotal(node, `${statement}/TxsSummry/${name}`, currency);
  };
  return defined({ credits: read('TtlCdtNtries'), debits: read('TtlDbtNtries'), all: read('TtlNtries') });
}

function readTotal(node: XmlNode, element: string, currency: string | undefined): DeclaredTotal {
  const count = textAt(node, 'NbOfNtries');
  const sum = textAt(node, 'Sum');
  const isCount = count !== undefined && /^\d{1,15}$/.test(count);
  const counted = defined({ count: isCount ? Number(count) : undefined });
  if (currency === undefined) return counted;
  const total = sum === undefined ? undefined : readAmount(sum, currency, `${element}/Sum`).magnitude;
  const net = readNet(node, element, currency);
  if (total === undefined && net === undefined) return counted;
  return { ...counted, ...defined({ total, net }), currency };
}

/** Up to version 3 `TtlNetNtryAmt` beside `CdtDbtInd`, after it `TtlNetNtry` with `Amt` and `CdtDbtInd`. */
function readNet(node: XmlNode, element: string, currency: string): bigint | undefined {
  const marked = find(node, 'TtlNetNtry') ?? node;
  const text = textAt(marked, 'Amt') ?? textAt(marked, 'TtlNetNtryAmt');
  const indicator = readIndicator(marked, element);
  if (text === undefined || indicator === undefined) return undefined;
  const { magnitude, negative } = readAmount(text, currency, `${element}/TtlNetNtry`);
  return (indicator === 'CREDIT') !== negative ? magnitude : -magnitude;
}
