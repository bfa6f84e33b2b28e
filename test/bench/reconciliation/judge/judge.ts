import type { MatchRules } from '../../../../functions/receivables/matching/match-rules.ts';
import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import type { Ground } from '../desk.ts';
import { termsFor } from '../field-rules.ts';
import { clearedBy, type Draft, type Verdict } from '../labelled.ts';
import { byAmount, type Finding } from './by-amount.ts';
import { byName } from './by-name.ts';

/** A receipt and what it is worth; without a verdict where something untrue explains it better than the truth. */
export interface Judged {
  readonly draft: Draft;
  readonly verdict: Verdict;
}

/**
 * Which receipts of a customer can be decided by what they say, and which are to be left out since they mislead: money
 * without an invoice that happens to be the sum of two, for instance. Leaving one out changes what is open beside the
 * others, so it is judged again until none misleads.
 */
export function judge(ground: Ground, drafts: readonly Draft[], rules: MatchRules): Judged[] {
  const bench = judgeFor(ground, rules);
  let kept = drafts;
  for (;;) {
    const judged = bench(kept);
    const fit = judged.filter(({ verdict }) => verdict !== undefined) as Judged[];
    if (fit.length === kept.length) return fit;
    kept = fit.map(({ draft }) => draft);
  }
}

type Opening = (draft: Draft) => readonly OpenInvoice[];

function judgeFor({ customer, invoices, twin }: Ground, rules: MatchRules) {
  const all = new Map([customer, ...(twin ? [twin.customer] : [])].map(({ known }) => [known.id, known]));
  const ofAll = [...invoices, ...(twin?.invoices ?? [])];

  /** What is open with the payer, in the receipt's currency and entity, once the others have paid; disputed or not. */
  function openBeside(paid: readonly Draft[], disputedToo = false): Opening {
    const cleared = new Map<string, bigint>();
    for (const { truth } of paid)
      for (const one of truth) cleared.set(one.invoiceId, (cleared.get(one.invoiceId) ?? 0n) + clearedBy(one));
    return ({ receipt, told }) =>
      ofAll
        .filter((one) => one.customerId === told.payer.customerId)
        .filter((one) => one.legalEntity === receipt.legalEntity && one.currency === receipt.currency)
        .filter((one) => told.contract === undefined || Object.values(one.references).includes(told.contract))
        .filter((one) => disputedToo || !one.disputed)
        .map((one) => ({ ...one, open: one.open - (cleared.get(one.id) ?? 0n) }))
        .filter((one) => one.open > 0n);
  }

  const termsOf = (draft: Draft) => termsFor(all.get(draft.told.payer.customerId ?? ''), rules, draft.receipt.currency);
  const find = (draft: Draft, opening: Opening): Finding => byAmount(draft, opening(draft), rules, termsOf(draft));

  return (drafts: readonly Draft[]): { draft: Draft; verdict: Verdict | undefined }[] => {
    const named = new Map(
      drafts
        .filter(({ told }) => told.named.length > 0 && !told.hint)
        .map((draft) => [draft, byName(draft, termsFor(customer.known, rules, draft.receipt.currency))]),
    );
    const sure = drafts.filter((draft) => named.get(draft) === 'DECIDABLE');
    const atFirst = openBeside([]);
    const withDisputed = openBeside([], true);
    const afterNamed = openBeside(sure);

    function verdictOf(draft: Draft): Verdict | undefined {
      const { told, receipt } = draft;
      if (named.has(draft)) return named.get(draft);
      if (told.twice === 'SECOND' || told.payer.known === 'UNKNOWN') return told.hint ? hinted(draft) : 'UNDECIDABLE';
      const others = openBeside(drafts.filter((other) => other !== draft));
      const atBest: Opening = (of) => others(of).filter(({ issuedOn }) => issuedOn <= receipt.paidOn);
      const findings = [atFirst, afterNamed, others, atBest].map((opening) => find(draft, opening));
      if (findings.includes('WRONG')) return undefined;
      const [first, second] = findings;
      const certain = first === 'TRUE' && second === 'TRUE' && find(draft, withDisputed) === 'TRUE';
      const plain = told.payer.known === 'KNOWN' && told.twice === undefined && told.hint !== 'WRONG';
      if (certain && plain && told.named.length === 0) return 'DECIDABLE';
      if (findings.includes('TRUE') || findings.includes('UNPROVED')) return 'EITHER';
      return told.hint === 'CUT' || isOnlyOne(draft, atBest) ? 'EITHER' : 'UNDECIDABLE';
    }

    const verdicts = drafts.map((draft) => ({ draft, verdict: verdictOf(draft) }));
    const booked = verdicts.filter(({ verdict }) => verdict === 'DECIDABLE').map(({ draft }) => draft);
    return verdicts.map(({ draft, verdict }) => {
      const judgedByAmount = !named.has(draft) && draft.told.payer.known !== 'UNKNOWN' && !draft.told.twice;
      const beside = () => openBeside(booked.filter((other) => other !== draft));
      return judgedByAmount && find(draft, beside()) === 'WRONG' ? { draft, verdict: undefined } : { draft, verdict };
    });
  };
}

/** A part of the payer's only invoice, whose number it does not say. */
function isOnlyOne(draft: Draft, opening: Opening): boolean {
  const [only, ...others] = opening(draft);
  return draft.truth.length > 0 && others.length === 0 && only?.id === draft.truth[0]?.invoiceId;
}

/** What is cut may be read by who sees more in it; and what names some whole and one cut, too. */
function hinted({ told }: Draft): Verdict {
  return told.hint === 'CUT' ? 'EITHER' : 'UNDECIDABLE';
}
