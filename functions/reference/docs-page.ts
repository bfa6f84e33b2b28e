import type { ServiceDescription } from '../../shared/service/description.ts';
import type { CatalogueEntry } from '../catalogue.ts';
import { operationSection } from './docs-operation.ts';
import { style } from './docs-style.ts';
import { html, Markup, prose } from './html.ts';
import { collectSchemas } from './json-schemas.ts';
import { allProblems, problemAnchor } from './operation-problems.ts';

export interface DocsOptions {
  readonly version: string;
  readonly baseUrl: string;
  readonly tokenUrl: string;
}

/** The reference page: everything a caller has to know on one page that needs nothing from elsewhere. */
export function renderDocs(catalogue: readonly CatalogueEntry[], options: DocsOptions): string {
  const served = catalogue.filter(({ service }) => (service.routes ?? []).length > 0);
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Yudao API reference</title>
<style>${new Markup(style)}</style>
</head>
<body>
${navigation(served)}
<main>
${introduction(options)}
${served.map(capabilitySection)}
${eventSection(catalogue)}
${problemSection(catalogue)}
</main>
</body>
</html>
`;
  return page.text;
}

function navigation(served: readonly CatalogueEntry[]): Markup {
  const groups = served.map(
    ({ service }) => html`
<strong>${service.title}</strong>
<ul>${(service.routes ?? []).map(({ operation, summary }) => html`<li><a href="#${operation}">${summary}</a></li>`)}</ul>`,
  );
  return html`<nav aria-label="Contents">
<a href="#introduction"><strong>Yudao 禹道</strong></a>
${groups}
<strong>More</strong>
<ul><li><a href="#events">Events</a></li><li><a href="#problems">Problems</a></li></ul>
</nav>`;
}

function introduction({ version, baseUrl, tokenUrl }: DocsOptions): Markup {
  const shell = `export YUDAO_URL=${baseUrl}
export TOKEN=$(curl -s -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials \\
  ${tokenUrl} | sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')`;
  return html`<section id="introduction">
<h1>Yudao API reference</h1>
<p>Version ${version}. For programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<h2>Before the first call</h2>
<pre><code>${shell}</code></pre>
<p>Where clients come from: the local system prints its clients and their secret when it starts; in the cloud each tenant has one per
role in the user pool, made by the deployment.</p>
<p>Examples name ids by variables such as <code>$ACCOUNT_ID</code>: set them to ids that earlier answers gave.</p>
<ul>
<li>Access is by OAuth 2.0 client credentials. The token names tenant and role; nothing in a request can name another.</li>
<li>Money is decimal text with its currency. More decimals than the currency has are refused, never rounded.</li>
<li>Days are <code>YYYY-MM-DD</code>, instants carry their offset from UTC. Unknown fields are refused.</li>
<li>Calls that create or move carry an <code>Idempotency-Key</code>. If no answer came, send the call again with the same key.</li>
<li>Lists give <code>nextCursor</code> while there is more; pass it as <code>cursor</code>.</li>
<li>Every answer of an operation names its request in <code>x-request-id</code>. Send your own and it is used, if it is a UUID or
has at most 64 letters, digits, dots, dashes and underscores without nine digits in a row. What the gateway in the cloud refuses by
itself has an id of the gateway's.</li>
</ul>
</section>`;
}

function capabilitySection({ service, contract }: CatalogueEntry): Markup {
  const schemas = collectSchemas();
  const operations = (service.routes ?? []).map((route) => {
    const operation = contract[route.operation];
    if (!operation) throw new Error(`The ${service.name} contract lacks the operation ${route.operation}`);
    return operationSection(route, operation, schemas);
  });
  return html`
<section>
<h2 id="capability-${service.name}">${service.title}</h2>
<p>${prose(service.description)}</p>
${operations}
</section>`;
}

function eventSection(catalogue: readonly CatalogueEntry[]): Markup {
  const rows = catalogue.flatMap(({ service }) => eventRows(service));
  return html`
<section>
<h2 id="events">Events</h2>
<p>What happened, told on the bus at least once and in no promised order. Handle each event id once.</p>
<table><thead><tr><th>Type</th><th>Source</th><th>Told when</th></tr></thead><tbody>${rows}</tbody></table>
</section>`;
}

function eventRows({ name, publishes = [] }: ServiceDescription): Markup[] {
  return publishes.map(
    ({ type, description }) => html`
<tr><td><code>${type}</code></td><td><code>yudao.${name}</code></td><td>${prose(description)}</td></tr>`,
  );
}

function problemSection(catalogue: readonly CatalogueEntry[]): Markup {
  const terms = allProblems(catalogue).map(
    ({ code, status, title, mend }) => html`
<dt id="${problemAnchor(code)}"><code>${code}</code> ${status} ${title}</dt><dd>${prose(mend)}</dd>`,
  );
  return html`
<section>
<h2 id="problems">Problems</h2>
<p>Refusals are <code>application/problem+json</code> (RFC 9457). Decide by <code>code</code>; it does not change.
<code>errors</code> says where in the request each fault lies.</p>
<dl>${terms}</dl>
</section>`;
}
