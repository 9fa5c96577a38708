import type { IncomingMessage } from 'node:http';
import { ApiError, type Params } from './protocol.ts';

/** Parameters of one call: from the address, and from a JSON or urlencoded body. */
export async function readParams(request: IncomingMessage, query: URLSearchParams): Promise<Params> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data'))
    return { ...fromForm(query), ...(await fromParts(bytes, type)) };
  const body = bytes.toString('utf8');
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
    params[name] =
      /^[[{]/.test(value) && name !== 'text' && name !== 'caption' ? parseNested(name, value) : value;
  }
  return params;
}

/** Files are sent as parts that the parameters name (`attach://`); each comes as its bytes. */
async function fromParts(body: Buffer, type: string): Promise<Params> {
  const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
  const texts = new URLSearchParams();
  const files = new Map<string, Uint8Array>();
  for (const [name, value] of form) {
    if (typeof value === 'string') texts.append(name, value);
    else files.set(`attach://${name}`, new Uint8Array(await value.arrayBuffer()));
  }
  const params = fromForm(texts);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, files.get(String(value)) ?? value]),
  );
}

function parseNested(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiError(400, `Bad Request: can't parse ${name} JSON object`);
  }
}
