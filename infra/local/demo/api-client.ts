/** A client of the API as any program would write it: a token, JSON, an Idempotency-Key per call that moves money. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the demo reads answers as a script would.
  readonly body: any;
}

export class ApiClient {
  private readonly url: string;
  private readonly token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** Signs in with client credentials. */
  static async signIn(url: string, client: string, secret: string): Promise<ApiClient> {
    const response = await fetch(`${url}/oauth2/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (!token) throw new Error(`No token for the client '${client}' from ${url}.`);
    return new ApiClient(url, token);
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body: unknown, key?: string): Promise<Answer> {
    return this.call('POST', path, JSON.stringify(body), key, 'application/json');
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.call('PUT', path, JSON.stringify(body), undefined, 'application/json');
  }

  patch(path: string, body: unknown, key: string): Promise<Answer> {
    return this.call('PATCH', path, JSON.stringify(body), key, 'application/json');
  }

  sendFile(path: string, bytes: Uint8Array<ArrayBuffer>, key: string): Promise<Answer> {
    return this.call('POST', path, bytes, key, 'application/octet-stream');
  }

  private async call(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    key?: string,
    contentType?: string,
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(contentType !== undefined && { 'content-type': contentType }),
      },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, body: await response.json() };
  }
}

/** The answer's body, if it is a success; else an error that says what was refused. */
export function expectSuccess({ status, body }: Answer): Answer['body'] {
  if (status < 300) return body;
  throw new Error(`${status} ${body.code}: ${body.detail} ${JSON.stringify(body.errors ?? '')}`);
}
