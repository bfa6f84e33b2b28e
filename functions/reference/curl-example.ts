import type { OperationContract } from '../../shared/http/contract.ts';
import type { RouteDescription } from '../../shared/service/description.ts';

/** A call that can be pasted into a shell where YUDAO_URL and TOKEN are set and ids in braces are filled in. */
export function curlExample(route: RouteDescription, { example }: OperationContract): string {
  const lines = [
    `curl ${route.method === 'GET' ? '' : `-X ${route.method} `}"$YUDAO_URL${pathOf(route, example)}"`,
    ...(route.access === 'PUBLIC' ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(route.idempotencyKey === 'REQUIRED' ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...bodyLines(route, example),
  ];
  return lines.join(' \\\n  ');
}

function pathOf({ path }: RouteDescription, { path: values = {}, query = {} }: OperationContract['example']): string {
  const ids = values as Readonly<Record<string, unknown>>;
  const filled = path.replace(/\{(\w+)\}/g, (variable, name: string) => String(ids[name] ?? variable));
  const parameters = Object.entries(query as object).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return parameters.length === 0 ? filled : `${filled}?${parameters.join('&')}`;
}

function bodyLines(route: RouteDescription, { body }: OperationContract['example']): string[] {
  if (route.body === 'FILE') return ["-H 'Content-Type: application/octet-stream'", '--data-binary @statement-file'];
  if (body === undefined) return [];
  return ["-H 'Content-Type: application/json'", `-d ${inQuotes(JSON.stringify(body))}`];
}

/** Single quotes of a POSIX shell: nothing within is read, and a quote itself is closed, escaped and opened again. */
function inQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
