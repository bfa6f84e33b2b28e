import type { ResolvedImport, SourceFile } from './project-files.ts';

/** Why an import points the wrong way; undefined where it is right. */
export function wrongArrow({ path }: Pick<SourceFile, 'path'>, found: ResolvedImport): string | undefined {
  const { target } = found;
  if (target === undefined) return undefined;
  const [from] = path.split('/');
  const [to] = target.split('/');
  if (target === 'package.json') return undefined;
  if (to === 'test' && from !== 'test') return 'only tests import tests';
  if (to === 'infra' && from !== 'infra' && from !== 'test') return 'nothing imports infra';
  if (from === 'shared' && to !== 'shared') return 'shared imports only shared';
  if (to !== 'functions') return undefined;
  if (from === 'infra') return arrowFromInfra(path, found, target);
  return from === 'functions' ? arrowBetweenFunctions(path, found, target) : undefined;
}

/** Hosts read descriptions; the local one also loads the handlers, when it runs. */
function arrowFromInfra(path: string, found: ResolvedImport, target: string): string | undefined {
  if (target === 'functions/catalogue.ts' || /^functions\/[^/]+\/service\.ts$/.test(target)) return undefined;
  if (found.dynamic && path.startsWith('infra/local/')) return undefined;
  return 'infra imports service.ts and the catalogue only';
}

function arrowBetweenFunctions(path: string, found: ResolvedImport, target: string): string | undefined {
  const capability = path.split('/')[1];
  const [, other, ...rest] = target.split('/');
  const file = rest.join('/');
  if (capability === other) return undefined;
  const isDescription = file === 'service.ts' || file === 'contract.ts';
  if (path === 'functions/catalogue.ts' || capability === 'reference') {
    return isDescription || target === 'functions/catalogue.ts' ? undefined : 'the reference reads descriptions only';
  }
  if (file === 'published.ts' || (file === 'contract.ts' && found.typeOnly)) return undefined;
  return 'another capability is reached through its published.ts';
}

/** Files of a capability that touch the world: entries, what stands right behind them and wires them, and the store. */
const edges = /^(api|authorizer|published|tools|on-[a-z-]+|[a-z-]+\.job|([a-z-]+-)?handlers|store(-[a-z-]+)?)\.ts$/;

/** Whether it is a file of the domain or a use case: it gets time, data and randomness as arguments. */
export function isInside(path: string): boolean {
  const [top, , file = ''] = path.split('/');
  return top === 'functions' && file !== '' && !edges.test(file);
}

const outsideModules = /^(@aws-sdk\/|@smithy\/|node:(fs|http|https|net|dns|child_process|timers|os)(\/|$))/;
const clock = 'shared/time/clock.ts';

/** Why a file inside may not import this. */
export function worldlyImport({ specifier, target, typeOnly }: ResolvedImport): string | undefined {
  if (outsideModules.test(specifier) && !typeOnly) return 'a domain file does no I/O of its own';
  if (target === clock) return 'a domain file is given the time';
  return undefined;
}

/** Words by which a file asks the world: the time, chance, the environment. */
export const worldlyWords =
  /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bprocess\.env\b|\brandomUUID\(/;

/** A decision is synchronous: a file without a promise in it stands below the use cases and knows no store. */
export function isDecision({ path, code }: SourceFile): boolean {
  return isInside(path) && !/\basync\b|\bPromise\b|\bawait\b/.test(code);
}

/** Why a decision may not import this. The types of what another capability publishes are no store: they have nothing to call. */
export function storeImport({ target = '', typeOnly }: ResolvedImport): string | undefined {
  const [top, , file] = target.split('/');
  if (top !== 'functions' || file === undefined || isInside(target)) return undefined;
  if (file === 'published.ts' && typeOnly) return undefined;
  return 'a decision gets its data and knows neither store nor entry';
}
