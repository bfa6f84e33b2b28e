import { type BookingStep, type StepKind, stepKinds } from './booking-step.ts';

/** How steps are named in paths, and among those of a market: numbers of orders and refunds may hold anything. */
const prefix = 'stp_';

export function stepId({ orderNo, kind, about }: Pick<BookingStep, 'orderNo' | 'kind' | 'about'>): string {
  return `${prefix}${Buffer.from(JSON.stringify([orderNo, kind, about])).toString('base64url')}`;
}

/** Nothing where no step is named so. */
export function stepOfId(id: string): Omit<BookingStep, 'tenant'> | undefined {
  const parts = partsOf(Buffer.from(id.slice(prefix.length), 'base64url').toString());
  if (!Array.isArray(parts) || parts.some((part) => typeof part !== 'string')) return undefined;
  const [orderNo = '', kind, about = ''] = parts as string[];
  return isKind(kind) ? { orderNo, kind, about } : undefined;
}

function isKind(kind: string | undefined): kind is StepKind {
  return stepKinds.some((one) => one === kind);
}

function partsOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
