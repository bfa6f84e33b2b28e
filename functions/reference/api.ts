import { createHash } from 'node:crypto';
import { httpApi } from '../../shared/http/api.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { catalogue } from '../catalogue.ts';
import { contract } from './contract.ts';
import { renderDocs } from './docs-page.ts';
import { style } from './docs-style.ts';
import { buildOpenApi, type OpenApiDocument } from './openapi.ts';
import { service } from './service.ts';
import { version } from './version.ts';

/** Seconds that a reader may keep the reference: it changes with a deployment only. */
const REFERENCE_AGE_SECONDS = 300;
const cacheHeader = { 'cache-control': `public, max-age=${REFERENCE_AGE_SECONDS}` };

/** The page's own style by its hash (CSP level 3), and nothing else. */
const styleHash = createHash('sha256').update(style).digest('base64');
const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`;

/** Made on the first request and kept; the page for the address that was last asked for. */
let document: OpenApiDocument | undefined;
let page = { baseUrl: '', text: '' };

const getOpenApi: OperationHandler<typeof contract.getOpenApi> = async () => {
  document ??= buildOpenApi(catalogue, { version, tokenUrl: tokenUrl() });
  return { body: document, headers: cacheHeader };
};

const getDocs: OperationHandler<typeof contract.getDocs> = async ({ headers }) => {
  const baseUrl = baseUrlOf(headers);
  if (page.baseUrl !== baseUrl)
    page = { baseUrl, text: renderDocs(catalogue, { version, baseUrl, tokenUrl: tokenUrl() }) };
  return { body: page.text, headers: { ...cacheHeader, 'content-security-policy': pagePolicy } };
};

const getHealth: OperationHandler<typeof contract.getHealth> = async ({ now }) => ({
  body: { status: 'ok', version, time: now.toISOString() },
});

export const handler = httpApi({ service, contract, handlers: { getOpenApi, getDocs, getHealth } });

/** Where clients fetch tokens: told by the host where it is not the issuer's own address. */
function tokenUrl(): string {
  return process.env.TOKEN_URL ?? `${process.env.ISSUER_URL ?? ''}/oauth2/token`;
}

/** The address that the reader has come by. It is only shown, and escaped like all text. */
function baseUrlOf(headers: Readonly<Record<string, string | undefined>>): string {
  const host = /^[A-Za-z0-9.:[\]-]{1,255}$/.exec(headers.host ?? '')?.[0] ?? 'localhost:3000';
  return `${headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${host}`;
}
