/**
 * Titles that Indonesians write with a name, in small letters and without their dots: degrees, religious and noble
 * titles, words of address, ranks. Teuku, Cut, Andi, Lalu and their like are no titles but part of the name.
 */

/** One title a line, with its spellings; the first stands for its meaning. Before the name. */
export const TITLES_BEFORE = {
  'academic-title': [
    'dr',
    'drs doktorandus',
    'dra doktoranda',
    'drg',
    'drh',
    'dokter',
    'doktor',
    'ir insinyur',
    'prof profesor professor',
    'apt apoteker',
    'ns ners',
    'bdn bidan',
  ],
  'religious-title': [
    'h haji hji',
    'hj hajah hajjah hjh',
    'kh kiaihaji kyaihaji',
    'kiai kyai',
    'nyai',
    'ust ustad ustadz ustaz usth',
    'ustadzah ustadah ustazah',
    'tgk teungku',
    'tgh tuangurubajang tuanguruhaji tuanguru',
    'syekh syeikh syech',
    'gus',
    'pdt pendeta',
    'pdm',
    'pastor',
    'romo',
    'suster',
    'bruder',
    'bhikkhu biksu',
  ],
  'noble-title': [
    'r rd rdn raden',
    'ra radenajeng radenayu',
    'rr radenroro radenrara rrr',
    'rm radenmas',
    'rng radenngabehi',
    'kanjeng',
    'kprh krt kra krmt',
    'dt datuk datuak dtk',
  ],
  'address-word': [
    'bapak bpk pak bp',
    'ibu bu',
    'saudara sdr',
    'saudari sdri',
    'tuan tn',
    'nyonya ny',
    'nona nn',
    'mr mister',
    'mrs',
    'ms miss',
    'mas',
    'mbak mba',
    'kak kakak kk',
    'bang abang',
    'alm almarhum',
    'almh almarhumah',
  ],
  rank: [
    'kompol',
    'akp',
    'akbp',
    'iptu',
    'ipda',
    'aiptu',
    'aipda',
    'bripka',
    'brigadir brigpol',
    'briptu',
    'bripda',
    'kapten capt',
    'mayor',
    'letkol',
    'kolonel',
    'lettu',
    'letda',
    'serka',
    'sertu',
    'serda',
    'kopda',
    'koptu',
    'praka',
    'pratu',
    'prada',
    'peltu',
    'pelda',
  ],
} as const;

/** Behind the name, as the letters before a field of study and the fields that follow them. */
export const DEGREES_AFTER: readonly (readonly [letters: string, fields: string])[] = [
  [
    's',
    'e h t s p m ab ag ak ap b biomed ds ei esy farm fil gz hi hum hut i ik ikom inf ip ked keb kel kep kes kg kh km kom komi kpm ling mat mb mn or par pd pdi pdsd pdaud pdk pdh pdb pi psi pt pus si sn sos sosi sosio st stat sy th thi tp trak tra trkom trkeb trkes trip tript trt trm trgz trpn trk trpar trds trsos',
  ],
  [
    'm',
    'a ag ak ap ars as b biomed ds e ec ei ek eng epid esy farm fil gz h hi hum hut i ikom ip ked keb kep kes kg kn kom ling lt m mat mb min mp mpar mt mar or p par pa pd pdi pdk pdh ph psi psit pt psda s sc scs se sei si sn sos st stat t th tp ti trt trkom us',
  ],
  [
    'amd',
    'ak an ds far gz i ik im kb keb kep kes kg kl kom li lab ling ot p par pi ps rad rmik s si t tem tra ab sek bns vet',
  ],
  ['am', 'd k g f kl kg ak pd'],
  [
    'sp',
    'a an ak b bp bs bo ba dv ds em f fk fr gk jp k kk kj kfr ked kn kp kga kgj kwu kel m mk n og ok om on or ort ot p pa pd perio pk pm pr pros prof rad rm s tht tk thtkl thtbkl u',
  ],
];

export const OTHER_TITLES_AFTER =
  'apt ners ns bd gr ba bba bsc bed beng bcom bhum llb llm lc mba mph mpa mphil msc meng med phd dphil edd dba ca cpa cfp cfa cma cht ak dipl skm sst sstp se sh st ss sp spd ma mm mh mt mp';

/** These are words of names too: titles only when their letters stand apart ("M.A."). */
export const LIKE_NAMES = words(
  'ma ba mak mag mar mas mat mei mek meng min mus sa si sin sab sor spar sas med mars ak ca bed sip amak aman',
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
