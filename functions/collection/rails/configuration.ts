import type { Cause } from '../../../shared/http/cause.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import { problems } from '../problems.ts';
import { defaultRails } from '../routing/default-rails.ts';
import type { Outage, Rail } from '../routing/rail.ts';

export type { Cause };

/** What is replaced as a whole: version 1 is the first, each change counts one on. */
export interface Versioned {
  readonly tenant: string;
  readonly version: number;
  readonly changedAt: string;
  readonly changedBy: Cause;
}

/** All rails of a tenant, in the order in which they were put. */
export interface RailsConfiguration extends Versioned {
  readonly rails: readonly Rail[];
}

/** The outages of one rail, by when they begin. */
export interface RailOutages extends Versioned {
  readonly railId: string;
  readonly outages: readonly Outage[];
}

/** What a tenant routes over. Outages of rails that were taken out of the configuration are not among them. */
export interface RailsInUse {
  readonly configuration?: RailsConfiguration;
  readonly rails: readonly Rail[];
  readonly outages: readonly RailOutages[];
}

/** The configured rails, or the common ones where a tenant has configured none. */
export function railsInUse(configuration: RailsConfiguration | undefined, outages: readonly RailOutages[]): RailsInUse {
  const rails = configuration?.rails ?? defaultRails;
  const ids = new Set(rails.map(({ id }) => id));
  return { ...(configuration && { configuration }), rails, outages: outages.filter(({ railId }) => ids.has(railId)) };
}

/** A whole to put in place of what stands, as it was asked for. */
export interface Replacement<Content> {
  readonly tenant: string;
  readonly content: Content;
  /** The version that the caller has seen; 0 for none. Not looked at when absent. */
  readonly expectedVersion?: number;
  readonly at: string;
  readonly by: Cause;
}

export type ReplacementDecision<Content> =
  | { readonly outcome: 'CHANGED' | 'UNCHANGED'; readonly next: Content & Versioned }
  | { readonly outcome: 'REFUSED'; readonly problem: Problem };

/**
 * What putting a whole over the one that stands comes to. The same content changes nothing, whatever version was
 * expected: it is most likely a repetition of the call that made it so.
 */
export function decideReplacement<Content>(
  held: (Content & Versioned) | undefined,
  { tenant, content, expectedVersion, at, by }: Replacement<Content>,
  isSame: (held: Content, asked: Content) => boolean,
): ReplacementDecision<Content> {
  if (held && isSame(held, content)) return { outcome: 'UNCHANGED', next: held };
  const version = held?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version) {
    return { outcome: 'REFUSED', problem: versionConflict(expectedVersion, version) };
  }
  return { outcome: 'CHANGED', next: { ...content, tenant, version: version + 1, changedAt: at, changedBy: by } };
}

function versionConflict(expectedVersion: number, version: number): Problem {
  const is = version === 0 ? 'Nothing was put yet' : `Version ${version} stands`;
  const detail = `${is}; version ${expectedVersion} was expected.`;
  return problems['version-conflict']
    .with({ detail, version, expectedVersion })
    .at({ pointer: '/expectedVersion', detail });
}
