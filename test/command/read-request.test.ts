import { describe, expect, it } from 'vitest';
import { readRequest } from '../../src/command/chat-json.ts';

describe('readRequest()', () => {
  it.each([
    ['', /not JSON/],
    ['halo', /not JSON/],
    ['{"text":"halo"', /not JSON/],
    ['null', /not a JSON object/],
    ['[{"text":"halo"}]', /not a JSON object/],
    ['7', /not a JSON object/],
    ['{}', /needs "text", "choice", "kind" or "advance"/],
    ['{"messageId":"a"}', /needs "text"/],
    ['{"text":7}', /"text" must be a text/],
    ['{"text":null}', /"text" must be a text/],
    ['{"choice":{}}', /"choice" must be the id/],
    ['{"text":"halo","choice":"a"}', /says one thing/],
    ['{"text":"halo","advance":"PT1H"}', /says one thing/],
    ['{"choice":"a","kind":"voice"}', /says one thing/],
    ['{"kind":"text","text":"halo"}', /"kind" must be one of voice, /],
    ['{"kind":"left"}', /"kind" must be one of/],
    ['{"kind":"__proto__"}', /"kind" must be one of/],
    ['{"advance":"26 jam"}', /ISO 8601/],
    ['{"advance":"-PT1H"}', /ISO 8601/],
    ['{"advance":3600}', /ISO 8601/],
    ['{"text":"halo","messageId":null}', /"messageId" must be/],
  ])('says what is wrong with %s', (line, fault) => {
    expect(readRequest(line)).toMatch(fault);
  });

  it.each([
    ['{"text":""}', { say: { kind: 'text', text: '', choice: null, messageId: null } }],
    [
      '{"text":"halo","messageId":"7"}',
      { say: { kind: 'text', text: 'halo', choice: null, messageId: '7' } },
    ],
    ['{"choice":"a:b:c:1"}', { say: { kind: 'choice', text: '', choice: 'a:b:c:1', messageId: null } }],
    ['{"kind":"photo","text":"ini"}', { say: { kind: 'photo', text: 'ini', choice: null, messageId: null } }],
    [
      '{"kind":"edit","text":"salah"}',
      { say: { kind: 'edit', text: 'salah', choice: null, messageId: null } },
    ],
    ['{"advance":"PT26H"}', { advanceMs: 93_600_000, messageId: null }],
    ['{"text":"ha\\ud83dlo"}', { say: { kind: 'text', text: 'ha\ufffdlo', choice: null, messageId: null } }],
  ])('reads %s', (line, request) => {
    expect(readRequest(line)).toEqual(request);
  });
});
