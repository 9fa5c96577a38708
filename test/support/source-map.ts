import type { Fact } from '../../src/checklist/checklist.ts';
import type { WordEntry } from '../../src/flow/read/words.ts';
import { placeholdersOf } from '../../src/flow/words.ts';

/** One thing the source text says, in its own words, and the texts in which Pandu says it. */
type Statement = { readonly clause: string; readonly says: string; readonly texts: readonly string[] };

/** The source text, sentence by sentence. Everything in it stands in one of these. */
export const STATEMENTS: readonly Statement[] = [
  {
    clause: '1',
    says: 'Untuk permasalahan sertifikat di dashboard prakerja, Anda dapat melakukan hal berikut:',
    texts: ['topic.certificate-missing.answer'],
  },
  {
    clause: '1a',
    says: 'Pastikan nama akun kemnaker Anda sesuai dengan akun prakerja Anda.',
    texts: ['question.names.text', 'verdict.names-match.different-names', 'topic.name-mismatch.answer'],
  },
  {
    clause: '1b',
    says: 'Pastikan Anda sudah dinilai oleh lembaga pelatihan Anda di sisnaker.',
    texts: ['verdict.graded-in-sisnaker.no-menu', 'requirement.graded-in-sisnaker.why'],
  },
  {
    clause: '1b',
    says: 'Untuk mengetahuinya silahkan hubungi Lembaga pelatihan terkait, profil Lembaga dapat dilihat pada kelembagaan.kemnaker.go.id',
    texts: ['topic.not-graded.answer'],
  },
  {
    clause: '1c',
    says: 'Pastikan Anda sudah isi ulasan dan rating pada menu pelatihan saya.',
    texts: ['question.rating.text', 'verdict.rated-in-sisnaker.menu-open', 'topic.how-to-rate.answer'],
  },
  {
    clause: '1c',
    says: 'Untuk panduan memberikan ulasan dan rating anda dapat mengakses pada link https://www.youtube.com/watch?v=rNn7FFo6WYU',
    texts: ['verdict.rated-in-sisnaker.menu-open', 'topic.how-to-rate.answer'],
  },
  {
    clause: '1d',
    says: 'Bila sudah, Anda dapat mendownload sertifikatnya.',
    texts: ['topic.download-certificate.answer', 'verdict.rated-in-sisnaker.menu-open'],
  },
  {
    clause: '1d',
    says: 'Untuk panduan mendownload sertifikat pelatihan anda dapat mengakses pada link https://www.youtube.com/watch?v=ibppx7b4pes',
    texts: ['topic.download-certificate.answer', 'question.certificates.find-out'],
  },
  {
    clause: '1e',
    says: 'Terkait sertifikat yang belum muncul pada dashboard prakerja, pastikan Anda sudah memberikan rating/ulasan di mitra pelatihan dan SISNAKER,',
    texts: [
      'question.rating.text',
      'verdict.rated-in-sisnaker.partner-only',
      'requirement.rated-in-sisnaker.why',
    ],
  },
  {
    clause: '1e',
    says: 'kemudian silakan menunggu update di prakerja.go.id hingga sinkronisasi data selesai.',
    texts: ['verdict.reported-and-synced.waiting', 'topic.sync-wait.answer'],
  },
  {
    clause: '1e',
    says: 'Setelah sinkronisasi selesai, Anda dapat memilih pelatihan lain (jika saldo masih ada), sertifikat akan muncul di dashboard, dan proses penjadwalan insentif akan ada.',
    texts: [
      'verdict.reported-and-synced.waiting',
      'requirement.next-training.why',
      'requirement.schedule.why',
    ],
  },
  {
    clause: '1e',
    says: 'Link tatacara pengisian ulasan dan rating bisa diakses pada https://www.youtube.com/watch?v=rNn7FFo6WYU',
    texts: ['topic.certificate-missing.answer'],
  },
  {
    clause: '2',
    says: 'Laporan dari Sisnaker sudah secara otomatis dikirim kepada Manajemen Pelaksana pada H+1 setelah anda tuntas administrasi pelatihan,',
    texts: [
      'verdict.reported-and-synced.waiting',
      'topic.sync-wait.answer',
      'requirement.reported-and-synced.why',
    ],
  },
  {
    clause: '2',
    says: 'yaitu mendapat sertifikat, mengisi ulasan dan rating di Sisnaker.',
    texts: ['question.when.text', 'requirement.reported-and-synced.why'],
  },
  {
    clause: '3',
    says: 'Jika tidak bisa memberikan ulasan/rating karena tidak ada pada menu penilaian atau status pelatihan belum selesai/masih aktif,',
    texts: ['question.rating.text', 'topic.cannot-rate.answer'],
  },
  {
    clause: '3',
    says: 'kami mohon untuk menghubungi lembaga pelatihan penyelenggara untuk memastikan agar juga memberikan penilaian di SISNAKER.',
    texts: ['verdict.graded-in-sisnaker.no-menu', 'topic.cannot-rate.answer'],
  },
  {
    clause: '3',
    says: 'Hal ini dikarenakan lembaga pelatihan hanya memberikan penilaian di portal lembaga namun belum dilakukan di portal SISNAKER.',
    texts: ['verdict.graded-in-sisnaker.no-menu', 'requirement.graded-in-sisnaker.why'],
  },
  {
    clause: '3',
    says: 'Silakan cek nomor kontak lembaga di kelembagaan.kemnaker.go.id.',
    texts: ['topic.contact-provider.answer'],
  },
  {
    clause: '3',
    says: 'Kamu dapat melihat video terkait kendala Memberi Rating dan Ulasan Serta Mengunduh Sertifikat di link https://www.youtube.com/watch?v=jzgg5eIgd_E',
    texts: ['verdict.graded-in-sisnaker.no-menu', 'topic.cannot-rate.answer'],
  },
  {
    clause: '4',
    says: 'Syarat agar bisa mengikuti pelatihan lainnya, memunculkan sertifikat pada dashboard, serta memunculkan jadwal pencairan insentif adalah:',
    texts: ['requirement.wallet-linked.why', 'topic.next-training.answer', 'topic.incentive-schedule.answer'],
  },
  {
    clause: '4a',
    says: 'Telah menyelesaikan pelatihan dan mendapatkan sertifikat lembaga dan Kemnaker (2 sertifikat).',
    texts: [
      'question.training.text',
      'question.certificates.text',
      'verdict.training-finished.not-finished',
      'verdict.certificates.no-provider-certificate',
    ],
  },
  {
    clause: '4a',
    says: 'Jika sertifikat Kemnaker belum ada, silakan hubungi lembaga untuk memberikan penilaian pada SISNAKER.',
    texts: [
      'verdict.graded-in-sisnaker.no-kemnaker-certificate',
      'topic.kemnaker-certificate-missing.answer',
    ],
  },
  {
    clause: '4b',
    says: 'Telah memberikan ulasan/rating pada pelatihan yang diikuti.',
    texts: ['verdict.rated-in-sisnaker.menu-open', 'topic.incentive-schedule.answer'],
  },
  {
    clause: '4c',
    says: 'Telah menyambungkan akun rekening atau nomor gopay, OVO, serta Link Aja (dipilih salah satu saja).',
    texts: ['question.wallet.text', 'verdict.wallet-linked.not-linked', 'topic.wallet-link.answer'],
  },
  {
    clause: '5',
    says: 'Jika semua telah tahapan telah dilalui, terkait pencairan insentif, lamanya proses pencairan, mekanisme survei atau proses sinkronisasi data di dashboard kartu prakerja, Anda dapat melihat https://www.prakerja.go.id/faq .',
    texts: [
      'requirement.payout.why',
      'topic.incentive-disbursement.answer',
      'topic.survey.answer',
      'topic.sync-wait.answer',
    ],
  },
  {
    clause: '5',
    says: 'Untuk informasi lebih lanjut bisa menghubungi : info@prakerja.go.id dan Call Center Layanan Masyarakat: 021-25541246',
    texts: ['topic.contact-prakerja.answer', 'say.human', 'verdict.reported-and-synced.overdue'],
  },
  {
    clause: '5',
    says: 'Jam operasional Call Centre: Senin - Jumat, Pk. 08.00 s/d Pk. 19.00 WIB.',
    texts: ['say.hours.open', 'say.hours.closed', 'topic.contact-prakerja.answer'],
  },
];

/** Facts that no text names by id: the weekdays decide whether the call centre is told to be open. */
const TOLD_BY_CODE: Readonly<Record<string, readonly string[]>> = {
  'call-centre.days': ['say.hours.open', 'say.hours.closed'],
};

/** A transcript: the clauses its first line names, and the ids of the texts that are said in it. */
export type Shown = {
  readonly name: string;
  readonly clauses: readonly string[];
  readonly texts: ReadonlySet<string>;
};

export type SourceMapParts = {
  readonly facts: readonly Fact[];
  /** The Indonesian texts as they stand in the files. */
  readonly words: readonly WordEntry[];
  readonly transcripts: readonly Shown[];
};

/** Where the product says what the source text says, and which conversation shows it: docs/source-map.md. */
export function sourceMap(parts: SourceMapParts): string {
  return [
    '# The source text, and where Pandu says it',
    '',
    'Each sentence of the text that Pandu serves (bantuan.kemnaker.go.id, article 43000575703, as it stood before',
    '18 March 2021), the texts in `flows/` that tell it, and conversations in which it is told. Written by',
    '`PANDU_UPDATE=1 npx vitest run test/source-map.test.ts`; the same test fails when it is out of date.',
    '',
    '## Sentence by sentence',
    '',
    '| clause | the source says | texts | shown in |',
    '|---|---|---|---|',
    ...STATEMENTS.map(({ clause, says, texts }) =>
      row([clause, says, ids(texts), shownIn(parts, clause, texts)]),
    ),
    '',
    '## Links, numbers and hours',
    '',
    '| clause | value | fact | texts | shown in |',
    '|---|---|---|---|---|',
    ...parts.facts
      .filter(({ clause }) => clause !== null)
      .map((fact) => {
        const texts = textsNaming(parts, fact.id);
        return row([
          fact.clause!,
          fact.value,
          `\`${fact.id}\``,
          ids(texts),
          shownIn(parts, fact.clause!, texts),
        ]);
      }),
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function ids(texts: readonly string[]): string {
  return texts.map((id) => `\`${id}\``).join('<br>');
}

export function textsNaming({ words }: SourceMapParts, fact: string): readonly string[] {
  const naming = words
    .filter(({ variant, text }) => variant === null && placeholdersOf(text).includes(fact))
    .map(({ id }) => id);
  return [...new Set([...naming, ...(TOLD_BY_CODE[fact] ?? [])])].sort();
}

/** For each text a conversation that says it: few are enough, and those written for the clause come first. */
function shownIn({ transcripts }: SourceMapParts, clause: string, texts: readonly string[]): string {
  const chosen: string[] = [];
  let left = [...texts];
  while (left.length > 0) {
    const worth = ({ texts: said, clauses }: Shown): number =>
      left.filter((id) => said.has(id)).length * (clauses.includes(clause) ? 2 : 1);
    const best = transcripts.toSorted((a, b) => worth(b) - worth(a) || (a.name < b.name ? -1 : 1))[0];
    if (best === undefined || worth(best) === 0) break;
    chosen.push(best.name);
    left = left.filter((id) => !best.texts.has(id));
  }
  return chosen.map((name) => `[${name}](../test/transcripts/${name}.txt)`).join('<br>');
}
