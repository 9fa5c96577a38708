import type { IncomingMessage } from 'node:http';
import { ApiError, type Params } from './protocol.ts';

/** Parameters of one call: from the address, and from a JSON or urlencoded body. */
export async function readParams(request: IncomingMessage, query: URLSearchParams): Promise<Params> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  const inAddress = fromForm(query);
  if (body === '') return inAddress;
  if (type.startsWith('application/json')) return { ...inAddress, ...fromJson(body) };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { ...inAddress, ...fromForm(new URLSearchParams(body)) };
  }
  throw new ApiError(400, 'Bad Request: unsupported content type');
}

function fromJson(body: string): Params {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Params;
  } catch {
    // Refused below, as any body that is no object.
  }
  throw new ApiError(400, "Bad Request: can't parse JSON object");
}

/** In a form everything is text: objects and lists come as JSON within it. */
function fromForm(form: URLSearchParams): Params {
  const params: Record<string, unknown> = {};
  for (const [name, value] of form) {
    params[name] = /^[[{]/.test(value) && name !== 'text' ? parseNested(name, value) : value;
  }
  return params;
}

function parseNested(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiError(400, `Bad Request: can't parse ${name} JSON object`);
  }
}
