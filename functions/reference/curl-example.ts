import type { OperationContract } from '../../shared/http/contract.ts';
import type { RouteDescription } from '../../shared/service/description.ts';

/** A call that can be pasted into a shell where YUDAO_URL, TOKEN and the ids it names (`{accountId}` as ACCOUNT_ID) are set. */
export function curlExample(route: RouteDescription, { example }: OperationContract): string {
  const lines = [
    `curl ${route.method === 'GET' ? '' : `-X ${route.method} `}"$YUDAO_URL${pathOf(route, example)}"`,
    ...(route.access === 'PUBLIC' ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(route.idempotencyKey === 'REQUIRED' ? [`-H 'Idempotency-Key: ${route.operation}-1'`] : []),
    ...bodyLines(route, example),
  ];
  return lines.join(' \\\n  ');
}

function pathOf({ path }: RouteDescription, { path: values = {}, query = {} }: OperationContract['example']): string {
  const ids = values as Readonly<Record<string, unknown>>;
  const filled = path.replace(anId, (variable, name: string) => String(ids[name] ?? variable));
  const parameters = Object.entries(query as object).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value)).replace(/%7B(\w+)%7D/g, '{$1}')}`,
  );
  const target = parameters.length === 0 ? filled : `${filled}?${parameters.join('&')}`;
  return target.replace(anId, (_, name: string) => variableOf(name));
}

function bodyLines(route: RouteDescription, { body }: OperationContract['example']): string[] {
  if (route.body === 'FILE') return ["-H 'Content-Type: application/octet-stream'", '--data-binary @statement-file'];
  if (body === undefined) return [];
  return ["-H 'Content-Type: application/json'", `-d ${withVariables(inQuotes(JSON.stringify(body)))}`];
}

/** An id that an example leaves to the reader. */
const anId = /\{(\w+)\}/g;

function variableOf(name: string): string {
  return `$${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Within single quotes no variable is read, so these end before each and begin again after it. */
function withVariables(quoted: string): string {
  return quoted.replace(anId, (_, name: string) => `'"${variableOf(name)}"'`);
}

/** Single quotes of a POSIX shell: nothing within is read, and a quote itself is closed, escaped and opened again. */
function inQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
