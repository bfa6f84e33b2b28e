import { canonicalJson } from '../../shared/http/canonical-json.ts';
import type { Cause } from '../../shared/http/cause.ts';

export type { Cause };

/** One unit (major) of `base` is `rate` units of `quote`. */
export interface Rate {
  readonly base: string;
  readonly quote: string;
  /** Decimal text above zero in its one shortest form; see normaliseRate. */
  readonly rate: string;
}

/** What a rate set says; who said so and when is not part of it. */
export interface RateSetContent {
  readonly name: string;
  /** The day it holds for, and from then on until the next set of the name. */
  readonly date: string;
  /** Where the rates come from, in the caller's words. */
  readonly source?: string;
  /** Sorted by base and quote; a pair stands in one direction only. */
  readonly rates: readonly Rate[];
}

/** A rate set as it is kept: version 1 is the first of its name and date, each change counts one on. */
export interface RateSet extends RateSetContent {
  readonly tenant: string;
  readonly version: number;
  readonly changedAt: string;
  readonly changedBy: Cause;
}

export function sortRates(rates: readonly Rate[]): Rate[] {
  return rates.toSorted((one, other) => (pairOf(one) < pairOf(other) ? -1 : 1));
}

/** Whether two sets say the same. */
export function hasSameContent(one: RateSetContent, other: RateSetContent): boolean {
  return canonicalJson(contentOf(one)) === canonicalJson(contentOf(other));
}

export function pairOf({ base, quote }: Pick<Rate, 'base' | 'quote'>): string {
  return `${base}/${quote}`;
}

function contentOf({ name, date, source, rates }: RateSetContent) {
  return { name, date, source, rates };
}
