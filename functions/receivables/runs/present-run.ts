import type * as z from 'zod';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { presentRuleSet } from '../books/present-book.ts';
import { presentExplanations } from '../matches/present-match.ts';
import type { Booked, Compared, ComparedAs } from './compare.ts';
import type { Figures, Tally } from './figures.ts';
import type { Run, RunDecision } from './run.ts';
import type { comparisonOut, decisionsOut, runOut } from './run-shapes.ts';

export function presentRun(run: Run): z.input<typeof runOut> {
  const { id, state, scope, dryRun, rules, receipts, invoices, blocks, blocksDone, decided, result } = run;
  const { failure, retryAt, createdAt, changedAt, endedAt } = run;
  return {
    ...{ id, state },
    ...defined(scope),
    dryRun,
    rules: presentRuleSet(rules),
    ...{ receipts, invoices },
    progress: { blocks, done: blocksDone },
    decided: presentFigures(decided),
    ...(!dryRun && { result: presentFigures(result) }),
    ...defined({ failure, retryAt }),
    ...{ createdAt, changedAt },
    ...defined({ endedAt }),
  };
}

function presentFigures({ outcomes, rules }: Figures) {
  return { outcomes: presentTallies(outcomes), rules: presentTallies(rules) };
}

function presentTallies<Name extends string>(all: Readonly<Partial<Record<Name, Tally>>>) {
  const entries = Object.entries<Tally | undefined>(all).flatMap(([name, tally]) =>
    tally ? [[name, presentTally(tally)] as const] : [],
  );
  return Object.fromEntries(entries) as Partial<Record<Name, ReturnType<typeof presentTally>>>;
}

function presentTally({ count, amounts }: Tally) {
  const shown = Object.entries(amounts).sort(([one], [other]) => (one < other ? -1 : 1));
  return { count, amounts: shown.map(([currency, minor]) => presentAmount(minor, currency)) };
}

export function presentDecision({
  legalEntity,
  currency,
  amount,
  decision,
}: RunDecision): z.input<typeof decisionsOut>['decisions'][number] {
  const { receiptId, outcome, explanation, alternatives, customerId, exception } = decision;
  const [shown] = explanation ? presentExplanations([explanation], currency) : [];
  return {
    ...{ receiptId, legalEntity, amount: presentAmount(amount, currency), outcome },
    ...(shown && { explanation: shown }),
    alternatives: presentExplanations(alternatives, currency),
    ...defined({ customerId, exception }),
  };
}

export function presentComparison(
  figures: Partial<Record<ComparedAs, Tally>>,
  differences: readonly Compared[],
): Omit<z.input<typeof comparisonOut>, 'nextCursor'> {
  return {
    figures: presentTallies(figures),
    differences: differences.map(({ receiptId, currency, amount, as, run, other }) => ({
      ...{ receiptId, amount: presentAmount(amount, currency), as },
      ...(run && { run: presentBooked(run, currency) }),
      ...(other && { other: presentBooked(other, currency) }),
    })),
  };
}

function presentBooked({ invoices, onAccount }: Booked, currency: string) {
  return {
    invoices: Object.entries(invoices).map(([invoiceId, cleared]) => ({
      invoiceId,
      cleared: presentAmount(cleared, currency),
    })),
    onAccount: presentAmount(onAccount, currency),
  };
}
