import type { Case } from '../book/case.ts';
import { nearNames } from '../names/near-names.ts';
import { amountRuleOf } from '../payers/payer.ts';
import type { Run } from '../rules/proposal.ts';
import type { MaybePayer } from './from-customer.ts';

/** Customers that are looked at for one receipt, at most. */
const maybeMax = 5;

/** Names that receipts were paid under and nobody has, each with the customers' names that it is near to. */
export function nearNamesOf({ customers }: Run, cases: readonly Case[]): ReadonlyMap<string, readonly string[]> {
  const unknown = cases
    .filter(({ payer }) => payer.customerId === undefined && payer.among.length === 0)
    .map(({ payer }) => payer.name);
  return nearNames(
    unknown.filter((name) => name !== ''),
    customers.names(),
  );
}

/** Who may have paid a receipt: the known payer, else those that share what is known, else those with a name near by. */
export function maybePayers({ customers }: Run, of: Case, near: ReadonlyMap<string, readonly string[]>): MaybePayer[] {
  const { payer, receipt } = of;
  const { customerId } = payer;
  if (customerId !== undefined) {
    return [{ customerId, isKnown: true, rule: amountRuleOf(payer) ?? 'NAME_AND_AMOUNT', evidence: [] }];
  }
  const shared = payer.among.map((id) => ({ id, meant: customers.get(id)?.names[0] ?? id }));
  const alike = (near.get(payer.name) ?? []).flatMap((name) => {
    return customers.withName(name).map((id) => ({ id, meant: customers.get(id)?.names[0] ?? id }));
  });
  return [...shared, ...alike].slice(0, maybeMax).map(({ id, meant }) => ({
    customerId: id,
    isKnown: false,
    rule: 'NAME_AND_AMOUNT',
    evidence: [{ kind: 'NAME', found: receipt.payer.name ?? '', meant }],
  }));
}
