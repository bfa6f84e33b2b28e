import type { OperationContract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import type { ProblemFactory } from '../../shared/problems/problem.ts';
import type { RouteDescription } from '../../shared/service/description.ts';
import type { CatalogueEntry } from '../catalogue.ts';

const always = [general.malformed, general['too-many-requests'], general['internal-error'], general.unavailable];
const ofJson = [general['not-json'], general['duplicate-key'], general['content-type-not-supported']];
const ofKeys = [
  general['idempotency-key-missing'],
  general['idempotency-key-malformed'],
  general['idempotency-key-reused'],
  general['idempotency-key-in-progress'],
  general['conflict-retry'],
];
const ofClaims = [general.unauthorised, general['role-not-allowed']];

/** Everything an operation may answer besides success: the general problems that its route can meet, and its own. */
export function problemsOf(route: RouteDescription, contract: OperationContract): ProblemFactory[] {
  const hasBody = contract.body !== undefined || route.body === 'FILE';
  const met = [
    ...always,
    ...(route.access === 'PUBLIC' ? [] : ofClaims),
    ...(hasBody ? [general['payload-too-large']] : []),
    ...(contract.body ? ofJson : []),
    ...(route.idempotencyKey === 'REQUIRED' ? ofKeys : []),
    ...(hasCursor(contract) ? [general['cursor-not-usable']] : []),
    ...(contract.path ? [general['not-found']] : []),
    ...(contract.problems ?? []),
  ];
  return unique(met).sort((left, right) => left.status - right.status || (left.code < right.code ? -1 : 1));
}

/** Every problem of the system once, by code: the general ones and those that the contracts name. */
export function allProblems(catalogue: readonly CatalogueEntry[]): ProblemFactory[] {
  const named = catalogue.flatMap(({ contract }) => Object.values(contract).flatMap(({ problems = [] }) => problems));
  return unique([...Object.values(general), ...named]).sort((left, right) => (left.code < right.code ? -1 : 1));
}

/** The place of a problem on the reference page, and its name among the examples of the OpenAPI document. */
export function problemAnchor(code: string): string {
  return code.replace('/', '-');
}

function hasCursor({ query }: OperationContract): boolean {
  return query !== undefined && 'shape' in query && 'cursor' in (query.shape as object);
}

function unique(problems: readonly ProblemFactory[]): ProblemFactory[] {
  return [...new Map(problems.map((problem) => [problem.code, problem])).values()];
}
