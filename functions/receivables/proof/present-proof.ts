import type * as z from 'zod';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import type { RefusedBooking } from '../booking/refused-booking.ts';
import type { proofOut, refusedOut } from './proof-shapes.ts';
import { type BookProof, provenAccounts } from './prove-books.ts';

export function presentProof(proofs: readonly BookProof[]): z.input<typeof proofOut> {
  return { balanced: proofs.every(({ isBalanced }) => isBalanced), books: proofs.map(presentBookProof) };
}

function presentBookProof(proof: BookProof): z.input<typeof proofOut>['books'][number] {
  const { legalEntity, receipts, matches, open, accounts, isBalanced } = proof;
  const currency = proof.currency as CurrencyCode;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const { count, ...sums } = receipts;
  return {
    ...{ legalEntity, currency, balanced: isBalanced },
    receipts: { count, ...shown(sums, show) },
    matches: shown(matches, show),
    open: show(open),
    ...(accounts && {
      accounts: Object.fromEntries(
        provenAccounts.map((name) => {
          const { items, ledger } = accounts[name];
          return [name, { items: show(items), ledger: show(ledger), difference: show(ledger - items) }];
        }),
      ) as NonNullable<z.input<typeof proofOut>['books'][number]['accounts']>,
    }),
  };
}

type Shown = ReturnType<typeof presentAmount>;

function shown<Name extends string>(
  sums: Readonly<Record<Name, bigint>>,
  show: (minor: bigint) => Shown,
): Record<Name, Shown> {
  const entries = Object.entries<bigint>(sums).map(([name, minor]) => [name, show(minor)]);
  return Object.fromEntries(entries) as Record<Name, Shown>;
}

export function presentRefused({ booking, code, detail, since }: RefusedBooking): z.input<typeof refusedOut> {
  const { name, legalEntity, currency, description } = booking;
  return { name: name.join('/'), legalEntity, currency, description, code, detail, since };
}
