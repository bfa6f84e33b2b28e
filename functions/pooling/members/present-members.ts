import { presentAmount } from '../../../shared/money/present.ts';
import type { Configuration, HeaderTerms, Member, Pool } from '../pool.ts';
import type { DownAgreement, DownMethod, UpAgreement, UpMethod } from './agreement.ts';
import { defaultReceipts } from './receipt-terms.ts';

/** The configuration in the form in which it is set, so that it can be read, changed and sent again. */
export function presentMembers(pool: Pool, { version, header, members, contracts }: Configuration) {
  const show = (minor: bigint) => presentAmount(minor, pool.currency);
  return {
    version,
    header: presentHeader(header, show),
    members: members.map((member) => presentMember(member, pool, show)),
    loans: contracts.map(({ ceiling, ...contract }) => ({
      ...contract,
      ...(ceiling !== undefined && { ceiling: show(ceiling) }),
    })),
  };
}

function presentHeader({ entity, reserve, unlimitedOverdraft, investment }: HeaderTerms, show: Show) {
  return {
    entity,
    reserve: show(reserve),
    unlimitedOverdraft,
    ...(investment && { investment: { accountId: investment.accountId, ...presentAgreements(investment, show) } }),
  };
}

function presentAgreements({ up, down }: Pick<Member, 'up' | 'down'>, show: Show) {
  return {
    up: up.map((agreement) => presentAgreement(agreement, show)),
    down: down.map((agreement) => presentAgreement(agreement, show)),
  };
}

type Show = (minor: bigint) => { amount: string; currency: string };

function presentMember(member: Member, { rootAccountId }: Pool, show: Show) {
  const { accountId, parentId, priority, entity, reserve, up, down, bank } = member;
  return {
    accountId,
    ...(parentId !== rootAccountId && { parentAccountId: parentId }),
    priority,
    entity,
    reserve: show(reserve),
    ...presentAgreements({ up, down }, show),
    ...(bank && { bank }),
  };
}

const amountFields = ['unit', 'minimum', 'maximum', 'triggerAmount'] as const;

function presentAgreement(agreement: UpAgreement | DownAgreement, show: Show) {
  const { rule, limits, ...rest } = agreement;
  const amounts = amountFields.flatMap((field) => {
    const minor = agreement[field];
    return minor === undefined ? [] : [[field, show(minor)] as const];
  });
  return {
    receipts: defaultReceipts,
    ...rest,
    ...Object.fromEntries(amounts),
    rule: presentMethod(rule, show),
    limits: limits.map(({ period, amount }) => ({ ...period, amount: show(amount) })),
  };
}

/** Amounts of a method are its only whole numbers; a percentage is told as text. */
function presentMethod(rule: UpMethod | DownMethod, show: Show): Record<string, unknown> {
  if (rule.method === 'PERCENTAGE') return { method: rule.method, percentage: percentText(rule.millionths) };
  if (rule.method === 'RANGE') {
    const tiers = rule.tiers.map(({ from, to, rule: inner }) => ({
      from: show(from),
      ...(to !== undefined && { to: show(to) }),
      rule: presentMethod(inner, show),
    }));
    return { method: rule.method, tiers };
  }
  return Object.fromEntries(
    Object.entries(rule).map(([field, value]) => [field, typeof value === 'bigint' ? show(value) : value]),
  );
}

/** 125_000 millionths are 12.5 percent. */
function percentText(millionths: bigint): string {
  const digits = millionths.toString().padStart(5, '0');
  const fraction = digits.slice(-4).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -4) : `${digits.slice(0, -4)}.${fraction}`;
}
