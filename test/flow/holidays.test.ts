import { expect, it } from 'vitest';
import { loadFlows } from '../../src/flow/load.ts';

const { calendar } = loadFlows('flows', { operatorName: 'Relawan Uji' }).knowledge!;
const days = (year: number, leave: boolean): readonly string[] =>
  [...calendar.holidays]
    .filter(([date, { id }]) => date.startsWith(`${year}-`) && id.startsWith('cuti bersama') === leave)
    .map(([date]) => date);

it('flows/holidays.yaml has as many public holidays and days of joint leave as the decrees say', () => {
  expect([days(2026, false).length, days(2026, true).length]).toEqual([17, 8]);
  expect([days(2027, false).length, days(2027, true).length]).toEqual([18, 8]);
});

it('the days that stand in every calendar are where they belong', () => {
  for (const year of [2026, 2027]) {
    for (const [day, name] of [
      ['01-01', 'Tahun Baru'],
      ['05-01', 'Hari Buruh'],
      ['06-01', 'Hari Lahir Pancasila'],
      ['08-17', 'Hari Kemerdekaan'],
      ['12-25', 'Natal'],
    ] as const)
      expect(calendar.holidays.get(`${year}-${day}`)?.id).toBe(name);
  }
});

it('Easter and what is counted from it fall as the moon has them', () => {
  const namedOn = (name: string) =>
    [...calendar.holidays].filter(([, { id }]) => id === name).map(([date]) => date);
  const easter = ['2026-04-05', '2027-03-28'];
  const from = (date: string, count: number): string =>
    new Date(Date.parse(date) + count * 86_400_000).toISOString().slice(0, 10);
  expect(namedOn('Paskah')).toEqual(easter);
  expect(namedOn('Wafat Yesus Kristus')).toEqual(easter.map((date) => from(date, -2)));
  expect(namedOn('Kenaikan Yesus Kristus')).toEqual(easter.map((date) => from(date, 39)));
});

it('the days of the Muslim calendar are at most one day from where Umm al-Qura has them', () => {
  const hijri = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', { day: 'numeric', month: 'numeric' });
  const expected = {
    Idulfitri: ['10/1', '10/2'],
    Iduladha: ['12/10'],
    'Isra Mikraj': ['7/27'],
    'Maulid Nabi': ['3/12'],
    'Tahun Baru Islam': ['1/1'],
  };
  for (const [date, { id }] of calendar.holidays) {
    const meant = expected[id as keyof typeof expected];
    if (meant === undefined) continue;
    const near = [-1, 0, 1].map((step) => hijri.format(Date.parse(`${date}T12:00:00Z`) + step * 86_400_000));
    expect([date, id, near.some((day) => meant.includes(day.split('/').slice(0, 2).join('/')))]).toEqual([
      date,
      id,
      true,
    ]);
  }
});
