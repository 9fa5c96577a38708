import { expect, it } from 'vitest';
import { readSources } from '../../src/flow/sources.ts';
import { readZone } from '../../src/language/read-zone.ts';
import { rowsOf } from './table.ts';

const { places } = readSources('flows').sources!;

it.each(rowsOf('zones.tsv', 2).map(({ line, cells: [text, zone] }) => ({ line, text: text!, zone: zone! })))(
  'hears in “$text” the zone $zone (line $line)',
  ({ text, zone }) => {
    expect(readZone(places, text) ?? '-').toBe(zone);
  },
);

it('takes the place alone from whoever was asked', () => {
  const answers = ['Makassar', 'di Jayapura', 'Bandung', 'Bali.', 'entahlah'];
  expect(answers.map((text) => readZone(places, text, { isAnswer: true }))).toEqual([
    'WITA',
    'WIT',
    'WIB',
    'WITA',
    null,
  ]);
});

it('knows every province, with the zone that the law gives it', () => {
  const provinces = {
    WIB: 'aceh, sumatera utara, sumatera barat, riau, kepulauan riau, jambi, bengkulu, sumatera selatan, bangka belitung, lampung, banten, jakarta, jawa barat, jawa tengah, yogyakarta, jawa timur, kalimantan barat, kalimantan tengah',
    WITA: 'bali, nusa tenggara barat, nusa tenggara timur, kalimantan selatan, kalimantan timur, kalimantan utara, sulawesi utara, gorontalo, sulawesi tengah, sulawesi barat, sulawesi selatan, sulawesi tenggara',
    WIT: 'maluku, maluku utara, papua, papua barat, papua barat daya, papua tengah, papua pegunungan, papua selatan',
  };
  for (const [zone, names] of Object.entries(provinces))
    for (const name of names.split(', '))
      expect(`${name}: ${readZone(places, `saya tinggal di ${name}`)}`).toBe(`${name}: ${zone}`);
});
