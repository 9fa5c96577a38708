import fc from 'fast-check';

/** Words of names from all over Indonesia; some of them mean something else in a sentence. */
const WORDS =
  'Siti Aminah Budi Hartanto Sukarno Tukiyem Slamet Riyadi Wayan Made Luh Sukerti Togar Simbolon Siregar Yeni Rahmawati Tanjung Lim Sioe Hwa Ahmad Fauzan Nurhasanah Yohanes Maria Asep Hidayat Dina Ari Titik Kasih Bagus Hari Dana Setia Bulan Cahaya Lestari Nyoman Ketut Ngurah Baiq Daeng Cut Ridwan'.split(
    ' ',
  );

export const name = fc
  .uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(' '));

/** Two or more words, none of which people also use for something else. */
export const plainName = fc
  .uniqueArray(fc.constantFrom(...WORDS.filter((word) => !/^(?:Dina|Ari|Titik|Kasih)$/.test(word))), {
    minLength: 2,
    maxLength: 4,
  })
  .map((words) => words.join(' '));

const edit = fc.constantFrom<(text: string) => string>(
  (text) => `${text} S.Pd`,
  (text) => `H. ${text}`,
  (text) => text.toUpperCase(),
  (text) => text.split(' ').toReversed().join(' '),
  (text) => text.split(' ').slice(1).join(' '),
  (text) => `${text} ${text}`,
  (text) => `${text} bin Salim`,
  (text) => text.replace(/ (\S)\S+$/, ' $1.'),
  (text) => text.replace(/^(\S)\S+ /, '$1 '),
  (text) => text.replaceAll('u', 'oe'),
  (text) => text.replaceAll('i', 'y'),
  (text) => text.replaceAll('a', 'а'),
  (text) => text.replace(/(.)(.)$/, '$2$1'),
  (text) => text.slice(0, -1),
  (text) => text.slice(0, 3) + text.slice(4),
  (text) => text.replace(' ', ''),
  (text) => text.replace(/[aeiou]/g, ''),
  (text) => text.replace('a', 'á'),
);

/** Two names of one person, as they come to stand in two accounts. */
export const namesOfOne = fc
  .tuple(name, fc.array(edit, { maxLength: 3 }), fc.array(edit, { maxLength: 2 }))
  .map(
    ([text, some, others]) =>
      [some, others].map((edits) => edits.reduce((now, one) => one(now), text)) as [string, string],
  );

export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ...WORDS,
        'S.Pd',
        'H.',
        'bin',
        'nama',
        'kemnaker',
        'prakerja',
        '…',
        '***',
        '🙏',
        '\n',
        'é',
        'ß',
        '٣',
        'а',
      ),
      {
        maxLength: 12,
      },
    )
    .map((words) => words.join(' ')),
);
