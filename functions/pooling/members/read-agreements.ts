import type { DownAgreement, DownMethod, PeriodLimit, SimpleUpMethod, UpAgreement, UpMethod } from './agreement.ts';
import type { DownAgreementRequest, UpAgreementRequest } from './agreement-shapes.ts';
import { storedReceipts } from './receipt-terms.ts';

interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** Minor units of an amount in the pool's currency; one in another is noted as a fault of the pointer. */
export type MinorOf = (money: Money, pointer: string) => bigint;

interface AgreementRequests {
  readonly up: readonly UpAgreementRequest[];
  readonly down: readonly DownAgreementRequest[];
}

/** What is agreed in both directions, as the model has it. */
export function readAgreements({ up, down }: AgreementRequests, at: string, minor: MinorOf) {
  return {
    up: up.map((agreement, index) => readUp(agreement, `${at}/up/${index}`, minor)),
    down: down.map((agreement, index) => readDown(agreement, `${at}/down/${index}`, minor)),
  };
}

function readUp(request: UpAgreementRequest, at: string, minor: MinorOf): UpAgreement {
  const { rule, sweepIfShort, parentsMoney, whenParentFrozen } = request;
  return {
    ...readTerms(request, at, minor),
    rule: readUpMethod(rule, `${at}/rule`, minor),
    sweepIfShort,
    parentsMoney,
    whenParentFrozen,
  };
}

function readDown(request: DownAgreementRequest, at: string, minor: MinorOf): DownAgreement {
  const { rule, partialAllowed, basis, order } = request;
  return {
    ...readTerms(request, at, minor),
    rule: rule ? readDownMethod(rule, `${at}/rule`, minor) : { method: 'ZERO_BALANCE' },
    partialAllowed,
    basis,
    order,
  };
}

function readTerms(request: UpAgreementRequest | DownAgreementRequest, at: string, minor: MinorOf) {
  const { trigger, schedule, effectiveFrom, expiresOn, pauses, levels } = request;
  const { unit, minimum, maximum, triggerAmount } = request;
  const receipts = storedReceipts(request.receipts);
  return {
    trigger,
    effectiveFrom,
    pauses,
    limits: request.limits.map((one, index) => readLimit(one, `${at}/limits/${index}/amount`, minor)),
    ...(expiresOn !== undefined && { expiresOn }),
    ...(schedule && { schedule }),
    ...(levels !== undefined && { levels }),
    ...(receipts && { receipts }),
    ...(unit && { unit: minor(unit, `${at}/unit`) }),
    ...(minimum && { minimum: minor(minimum, `${at}/minimum`) }),
    ...(maximum && { maximum: minor(maximum, `${at}/maximum`) }),
    ...(triggerAmount && { triggerAmount: minor(triggerAmount, `${at}/triggerAmount`) }),
  };
}

function readLimit(request: UpAgreementRequest['limits'][number], at: string, minor: MinorOf): PeriodLimit {
  const amount = minor(request.amount, at);
  if (request.period !== 'RANGE') return { period: { period: request.period }, amount };
  return { period: { period: 'RANGE', from: request.from, to: request.to }, amount };
}

type SimpleRequest = Extract<UpAgreementRequest['rule'], { method: SimpleUpMethod['method'] }>;

function readSimple(rule: SimpleRequest, at: string, minor: MinorOf): SimpleUpMethod {
  switch (rule.method) {
    case 'ZERO_BALANCE':
      return { method: 'ZERO_BALANCE' };
    case 'KEEP_RESERVE':
      return { method: 'KEEP_RESERVE', keep: minor(rule.keep, `${at}/keep`) };
    case 'FIXED':
      return { method: 'FIXED', amount: minor(rule.amount, `${at}/amount`) };
    case 'PERCENTAGE':
      return { method: 'PERCENTAGE', millionths: rule.percentage };
    case 'MULTIPLE':
      return { method: 'MULTIPLE', multiple: minor(rule.multiple, `${at}/multiple`) };
  }
}

function readUpMethod(rule: UpAgreementRequest['rule'], at: string, minor: MinorOf): UpMethod {
  switch (rule.method) {
    case 'TARGET':
      return { method: 'TARGET', target: minor(rule.target, `${at}/target`) };
    case 'THRESHOLD':
      return { method: 'THRESHOLD', threshold: minor(rule.threshold, `${at}/threshold`) };
    case 'COLLAR': {
      const threshold = minor(rule.threshold, `${at}/threshold`);
      return { method: 'COLLAR', threshold, collar: minor(rule.collar, `${at}/collar`) };
    }
    case 'RANGE':
      return {
        method: 'RANGE',
        tiers: rule.tiers.map(({ from, to, rule: inner }, index) => ({
          from: minor(from, `${at}/tiers/${index}/from`),
          ...(to && { to: minor(to, `${at}/tiers/${index}/to`) }),
          rule: readSimple(inner, `${at}/tiers/${index}/rule`, minor),
        })),
      };
    case 'COVER_OVERDRAFT':
    case 'RECALL':
      return { method: rule.method };
    default:
      return readSimple(rule, at, minor);
  }
}

function readDownMethod(rule: NonNullable<DownAgreementRequest['rule']>, at: string, minor: MinorOf): DownMethod {
  switch (rule.method) {
    case 'TARGET':
      return { method: 'TARGET', target: minor(rule.target, `${at}/target`), mode: rule.mode };
    case 'FIXED':
      return { method: 'FIXED', amount: minor(rule.amount, `${at}/amount`) };
    case 'ZERO_BALANCE':
      return { method: 'ZERO_BALANCE' };
  }
}
