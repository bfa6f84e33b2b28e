import type { FunctionSettings, ServiceDescription } from '../../shared/service/description.ts';

export const defaultMemoryMb = 512;
/** Seconds that a function may run: the longest that API Gateway waits for a route's, a minute for the others. */
export const routeTimeoutSeconds = 29;
export const defaultTimeoutSeconds = 60;

/** A function: the file `functions/<service>/<entry>.ts`. */
export interface Entry {
  readonly service: string;
  readonly entry: string;
}

/** The function that tells the gateway who calls. It stands in no description: no capability has it for itself. */
export const authorizer: Entry = { service: 'access', entry: 'authorizer' };

/** Every function that the descriptions name, and the authorizer; each once. */
export function entriesOf(services: readonly ServiceDescription[]): readonly Entry[] {
  const entries = services.flatMap((service) => {
    const named = [
      ...(service.routes?.length ? ['api'] : []),
      ...(service.bucket ? [service.bucket.entry] : []),
      ...[...(service.streams ?? []), ...(service.subscriptions ?? []), ...(service.schedules ?? [])].map(
        ({ entry }) => entry,
      ),
    ];
    return [...new Set(named)].map((entry) => ({ service: service.name, entry }));
  });
  return [...entries, authorizer];
}

/** The settings of a function that is not behind routes, with what holds unless told. */
export function settingsOf({ memoryMb, timeoutSeconds }: FunctionSettings): Required<FunctionSettings> {
  return { memoryMb: memoryMb ?? defaultMemoryMb, timeoutSeconds: timeoutSeconds ?? defaultTimeoutSeconds };
}
