import {
  date,
  dayInMonth,
  dayOfMonth,
  inWeek,
  monthsOn,
  nearest,
  numberOf,
  numbers,
  partOfMonth,
  partOfNamedMonth,
  type Sought,
  sameDay,
  weekday,
} from './reckon-days.ts';

type DayPattern = {
  readonly pattern: RegExp;
  /** Numbers of the days meant, given the groups of the match ('' for an absent one); none: it is no day. */
  readonly days: (sought: Sought, groups: readonly string[]) => readonly number[];
};

const NO_DAY = (): readonly number[] => [];

/** Only in this direction: what lies the other way is taken note of, so that its words are not read once more. */
function ahead(days: DayPattern['days']): DayPattern['days'] {
  return (sought, groups) => (sought.direction === 'ahead' ? days(sought, groups) : []);
}
function back(days: DayPattern['days']): DayPattern['days'] {
  return (sought, groups) => (sought.direction === 'back' ? days(sought, groups) : []);
}

const later = (count: number): DayPattern['days'] => ahead(({ today }) => [today + count]);
const earlier = (count: number): DayPattern['days'] => back(({ today }) => [today - count]);

/** "Jumat depan", said before Friday, is this week's for some and next week's for others. */
const nextWeekday = ahead((sought, [wanted]) => {
  const [coming] = weekday(
    { ...sought, today: sought.today + 1, weekday: (sought.weekday + 1) % 7 },
    Number(wanted),
  );
  return [...new Set([coming!, inWeek(sought, Number(wanted), 1)])];
});

const lastWeekday = back((sought, [wanted]) => [
  weekday({ ...sought, today: sought.today - 1, weekday: (sought.weekday + 6) % 7 }, Number(wanted)).at(-1)!,
]);

const NUMBER = '(\\d{1,3})';
const LATER = '(?:lagi|kemudian|mendatang|ke depan|setelah ini|from now|later)';
const AGO = '(?:yang lalu|yg lalu|lalu|kemarin|silam|sebelumnya|lepas)';
const WEEKDAY = '(?:hari )?wd([0-6])';
const PART_OF_DAY = '(?:pagi|siang|sore|malam|petang|morning|afternoon|evening|night)';
const TANGGAL = '(?:tanggal|on the|the|on)';

/** In this order; what one has read is gone for those after it. */
export const DAY_PATTERNS: readonly DayPattern[] = (
  [
    // What looks like a day and is none.
    [`(?:pasar|setu|jalan|jl|kampung) (?:wd[0-6]|minggu)`, NO_DAY],
    [`(?:jam|pukul|pkl|jm|at) \\d{1,2}(?:[.:]\\d{2})?`, NO_DAY],
    [`\\d{1,2}[.:]\\d{2}(?:[.:]\\d{2})?(?![./-]?\\d)`, NO_DAY],
    [`(?:se)?(?:tiap|every|each|per) (?:hari )?(?:wd[0-6]|minggu|hari|bulan)`, NO_DAY],
    [`(?:seminggu|sehari|sebulan) (?:sekali|\\d+ ?(?:x|kali))`, NO_DAY],
    [`(?:besok besok|kapan kapan|suatu hari|satu hari nanti)`, NO_DAY],
    [`(?:bukan|jangan|jgn|not) (?:hari |tanggal )?(?:besok|lusa|kemarin|wd[0-6]|minggu|\\d{1,2})`, NO_DAY],
    // Before what is counted: "tanggal 3 bulan lalu" is not three months ago.
    [
      `(?:tanggal (\\d{1,2}) bulan depan|bulan depan tanggal (\\d{1,2}))`,
      ahead((sought, [one, other]) => dayInMonth(sought, Number(one || other), 1)),
    ],
    [
      `(?:tanggal (\\d{1,2}) bulan (?:lalu|kemarin)|bulan (?:lalu|kemarin) tanggal (\\d{1,2}))`,
      back((sought, [one, other]) => dayInMonth(sought, Number(one || other), -1)),
    ],
    // Counted.
    [
      `${NUMBER}(?: (?:sampai|atau|to|or|s/d) |-)${NUMBER} hari ${LATER}`,
      ahead(({ today }, [few, many]) => [today + Number(few), today + Number(many)]),
    ],
    [
      `(?:in|dalam|habis|setelah) (?:a |an )?${NUMBER} hari`,
      ahead(({ today }, [days]) => [today + Number(days)]),
    ],
    [`${NUMBER} hari ${LATER}`, ahead(({ today }, [days]) => [today + Number(days)])],
    [
      `${NUMBER} minggu ${LATER}|(?:in|dalam) ${NUMBER} minggu`,
      ahead(({ today }, [weeks, inWeeks]) => [today + 7 * Number(weeks || inWeeks)]),
    ],
    [
      `${NUMBER} bulan ${LATER}|(?:in|dalam) ${NUMBER} bulan`,
      ahead((sought, [months, inMonths]) => sameDay(sought, Number(months || inMonths))),
    ],
    [`sehari ${LATER}|in a hari`, later(1)],
    [`seminggu ${LATER}|(?:in )?a minggu ${LATER}|in a minggu|in seminggu`, later(7)],
    [`sebulan ${LATER}|in a bulan|a bulan ${LATER}`, ahead((sought) => sameDay(sought, 1))],
    [
      `${NUMBER} hari ${AGO}|(?:sudah|udah|udh|sdh|dah) ${NUMBER} hari(?:an)?`,
      back(({ today }, [days, since]) => [today - Number(days || since)]),
    ],
    [
      `${NUMBER} minggu ${AGO}|(?:sudah|udah|udh|sdh|dah) ${NUMBER} minggu`,
      back(({ today }, [weeks, since]) => [today - 7 * Number(weeks || since)]),
    ],
    [
      `${NUMBER} bulan ${AGO}|(?:sudah|udah|udh|sdh|dah) ${NUMBER} bulan`,
      back((sought, [months, since]) => sameDay(sought, -Number(months || since))),
    ],
    [`sehari ${AGO}`, earlier(1)],
    [`seminggu ${AGO}|a minggu ${AGO}|(?:sudah|udah|udh|sdh|dah) seminggu`, earlier(7)],
    [
      `sebulan ${AGO}|a bulan ${AGO}|(?:sudah|udah|udh|sdh|dah) sebulan`,
      back((sought) => sameDay(sought, -1)),
    ],
    // Dates.
    [
      `(\\d{4})-(\\d{1,2})-(\\d{1,2})`,
      (sought, [year, month, day]) => date(sought, Number(day), Number(month), year!),
    ],
    [
      `(?:${TANGGAL} )?(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4}|\\d{2})(?!\\d)`,
      (sought, [day, month, year]) => date(sought, Number(day), Number(month), year!),
    ],
    [
      `(?:${TANGGAL} )(\\d{1,2})[/-](\\d{1,2})`,
      (sought, [day, month]) => date(sought, Number(day), Number(month), ''),
    ],
    [
      `(\\d{1,2})/(\\d{1,2})(?! (?:jam|materi|modul|kelas|sertifikat|bagian|dari|video|hari|minggu|bulan|bintang))`,
      (sought, [one, other]) =>
        Number(other) > 12
          ? date(sought, Number(other), Number(one), '')
          : date(sought, Number(one), Number(other), ''),
    ],
    [
      `(?:${TANGGAL} )?(\\d{1,2})(?: nth)?(?: of)? mon(\\d{1,2})(?: (?:tahun )?(20\\d{2}))?(?! (?:juta|ribu|rb))`,
      (sought, [day, month, year]) => date(sought, Number(day), Number(month), year!),
    ],
    [
      `mon(\\d{1,2}) (?:the )?(\\d{1,2})(?: nth)?(?: ,)?(?: (20\\d{2}))?(?! (?:hari|minggu|bulan|juta|ribu|rb|sertifikat|kali|orang))`,
      (sought, [month, day, year]) => date(sought, Number(day), Number(month), year!),
    ],
    [
      `tanggal (\\d{1,2}) bulan (\\d{1,2})(?: (?:tahun )?(20\\d{2}))?`,
      (sought, [day, month, year]) => date(sought, Number(day), Number(month), year!),
    ],
    [
      `tanggal (\\d{1,2})(?: bulan ini)?(?! (?:juta|ribu|rb))`,
      (sought, [day]) => dayOfMonth(sought, Number(day)),
    ],
    [`(?:on )?the (\\d{1,2}) nth`, (sought, [day]) => dayOfMonth(sought, Number(day))],
    // Parts of months and years.
    [
      `(akhir|awal|tengah) (?:of )?(?:bulan )?mon(\\d{1,2})`,
      (sought, [part, month]) => partOfNamedMonth(sought, part!, Number(month)),
    ],
    [
      `(akhir|awal|tengah) (?:of )?(?:next bulan|bulan depan)`,
      ahead((sought, [part]) => [partOfMonth(part!, monthsOn(sought, 1))]),
    ],
    [
      `(akhir|awal|tengah) (?:of )?(?:last bulan|bulan (?:lalu|kemarin))`,
      back((sought, [part]) => [partOfMonth(part!, monthsOn(sought, -1))]),
    ],
    [
      `(akhir|awal|tengah) (?:of )?(?:the |this )?bulan(?: ini)?`,
      (sought, [part]) =>
        nearest(
          sought,
          [0, sought.direction === 'ahead' ? 1 : -1].map((count) =>
            partOfMonth(part!, monthsOn(sought, count)),
          ),
        ),
    ],
    [`akhir (?:of )?(?:the )?tahun(?: ini)?`, ahead((sought) => numbers([numberOf(sought.year, 12, 31)]))],
    [`bulan depan|next bulan|the bulan after`, ahead((sought) => sameDay(sought, 1))],
    [`(?:bulan (?:lalu|kemarin)|last bulan)`, back((sought) => sameDay(sought, -1))],
    // Weekdays. The eve of a day bears its name.
    [`akhir minggu|weekend`, (sought) => weekday(sought, 6)],
    [`malam (?:wd0|minggu)`, (sought) => weekday(sought, 6)],
    [`malam wd([1-6])`, (sought, [wanted]) => weekday(sought, Number(wanted) - 1)],
    [
      `(?:${WEEKDAY} (?:minggu depan|next minggu)|(?:minggu depan|next minggu) (?:on )?${WEEKDAY})`,
      ahead((sought, [one, other]) => [inWeek(sought, Number(one || other), 1)]),
    ],
    [
      `(?:${WEEKDAY} (?:minggu (?:lalu|kemarin)|last minggu)|(?:minggu (?:lalu|kemarin)|last minggu) (?:on )?${WEEKDAY})`,
      back((sought, [one, other]) => [inWeek(sought, Number(one || other), -1)]),
    ],
    [
      `hari minggu depan|minggu besok`,
      ahead((sought) =>
        weekday({ ...sought, today: sought.today + 1, weekday: (sought.weekday + 1) % 7 }, 0).slice(0, 1),
      ),
    ],
    [`hari minggu (?:lalu|kemarin)`, (sought) => lastWeekday(sought, ['0'])],
    [`hari minggu|minggu ${PART_OF_DAY}`, (sought) => weekday(sought, 0)],
    [`minggu depan|next minggu`, later(7)],
    [`minggu (?:lalu|kemarin)|last minggu`, earlier(7)],
    [`(?:${WEEKDAY} depan|next wd([0-6]))`, (sought, [one, other]) => nextWeekday(sought, [one || other!])],
    [
      `(?:${WEEKDAY} (?:yang |yg )?(?:lalu|kemarin)|(?:kemarin|last) ${WEEKDAY})`,
      (sought, [one, other]) => lastWeekday(sought, [one || other!]),
    ],
    [
      `(?:${WEEKDAY} (?:minggu )?ini|this wd([0-6]))`,
      (sought, [one, other]) => [inWeek(sought, Number(one || other), 0)],
    ],
    [WEEKDAY, (sought, [wanted]) => weekday(sought, Number(wanted))],
    // Near today.
    [`the hari after besok|besok lusa|hari after besok`, later(2)],
    [`the hari before kemarin|kemarin (?:lusa|dulu|dlu)`, earlier(2)],
    [`(?:seminggu|minggu) ini|this (?:minggu|bulan)|bulan ini`, NO_DAY],
    [`besok`, later(1)],
    [`lusa`, later(2)],
    [`kemarin|semalam|tadi malam|last night`, earlier(1)],
    [
      `hari (?:ini|iki|ieu)|today|sekarang|nanti ${PART_OF_DAY}|${PART_OF_DAY} ini|ntar ${PART_OF_DAY}`,
      ({ today }) => [today],
    ],
    [`barusan|baru saja|tadi(?: ${PART_OF_DAY})?|just now`, back(({ today }) => [today])],
    // The whole answer to "when?".
    [
      `^ ${NUMBER} (hari|minggu)(?: ya| aja| saja)?(?= $)`,
      ({ today, direction }, [count, unit]) => [
        today + (direction === 'ahead' ? 1 : -1) * Number(count) * (unit === 'minggu' ? 7 : 1),
      ],
    ],
    [
      `^ seminggu(?: ya| aja| saja)?(?= $)`,
      ({ today, direction }) => [today + (direction === 'ahead' ? 7 : -7)],
    ],
    [`${NUMBER} (?:hari|minggu|bulan)`, NO_DAY],
    [
      `minggu`,
      ({ direction, ...sought }) => [
        ...weekday({ ...sought, direction }, 0),
        sought.today + (direction === 'ahead' ? 7 : -7),
      ],
    ],
  ] satisfies readonly (readonly [string, DayPattern['days']])[]
).map(([source, days]) => ({ pattern: patternOf(source), days }));

function patternOf(source: string): RegExp {
  return source.startsWith('^') ? new RegExp(source, 'g') : new RegExp(`(?<=[ ])(?:${source})(?= )`, 'g');
}
