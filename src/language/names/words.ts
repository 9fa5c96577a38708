/**
 * What people type around a name, or in the place of one: cleaned as clean() does it, in Indonesian and its slang,
 * Javanese, Sundanese, Minang and English. Nothing here is ever said by Pandu. A word that is a name as well stands in
 * a list that says so (Ada, Yang, Dina), or in none (Hari, Bagus, Bulan, Dana, Setia): a name must not lose a part.
 */

/** bin, binti, boru: whose child somebody is. */
export const DESCENT_WORDS = words('bin binti binte bt bte bti b boru br');

/** Typed where a form insists on a last name, spaces apart. */
export const FILLERS = words(
  'nn lnu fnu xx xxx nihil kosong none null unknown noname nolastname nosurname notavailable tidakada tdkada gakada gaada tidakmemiliki tidakpunya tanpanamabelakang tanpamarga belumada',
);

/** "The same", typed instead of the name once more. */
export const SAME = words('sama same idem sda podo podho padha sarua samo samaa sm samma sameas ditto');
/** These two are names as well. */
export const SAME_OR_NAME = words('sami samo');
/** What is said around it: "sama persis seperti di atas kak". */
export const WITH_SAME = words(
  'aja saja doang kok kak kakak min pak bu persis seperti seprti kayak kaya dengan dg dgn sama sm itu yang yg di atas tadi juga jg semua semuanya kedua keduanya dua duanya nya wae ae bae mawon keneh wungkul mah ji jo lah loh lho ya iya kan as is the it both ktp kemnaker prakerja sisnaker siapkerja punya akun namanya nama',
);

/** Whoever uses one of these does not know, or has not looked. */
export const NOT_KNOWN = words(
  'tahu tauk gatau gtau gaktau gktau gtw gatw gatahu ngerti ngertos lupa inget entah entahlah mbuh bingung teuing nyaho apal hapal dunno idk know forgot unsure',
);
export const NO_WORDS = words(
  'tidak tdk tak gak ga gk nggak ngga enggak engga kagak kaga belum blm belom ndak ndk dak ora mboten teu henteu no not bukan',
);

/** Where the rest of a name should be. */
export const AND_SO_ON = words('dst dll dsb etc seterusnya');

/** Between label and name, or after it. */
export const LINKING = words(
  'di ke pada dlm dalam dari utk untuk nama nma nm namanya namaku namamu namaq nya saya sy sya syaa aku gue gw gua adalah ialah yaitu yakni atas akun akunnya akunku account lengkap lengkapnya tertulis tertulisnya ditulis tulisannya tulisan muncul munculnya tampil tampilnya terdaftar tercantum tercatat terbaca bacanya isinya bunyinya jadinya kalau kalo klo klu kl kalu jika tapi tp tetapi namun sedangkan sdgkan sedang sementara terus trus trs sedangkn dan dn lalu nah oh eh hmm yang yg yng ini itu tu situ disitu sana disana sini disini hanya cuma cuman cm salah maaf koreksi ralat harusnya seharusnya benar bener betul jadi usernya profil profilnya kartu website web aplikasi kolom bagian tertera ternyata barusan satu kata kayaknya kyknya sepertinya spertinya mungkin seingat setahu sesuai sama2 samasama ditambah jadinya',
  'jenengku jeneng jenenge jenengipun nami namine asmane asmo kula kulo ning nang neng nek lek nik wonten ing teng ngaran ngaranna urang nu upami upama mun mah teh namo ambo denai kita dene kok ko',
  'the my name is it says in on for and but while its full shows written as',
);
/** Linking words that are parts of names too; their neighbours and capitals tell. */
export const LINKING_OR_NAME = words(
  'an yang is on in as dan ko kok tu nu mun mah teh teng nah oh eh jadi lek nik sedang sy the',
);
/** As above, and common names: only their place, or small letters beside capitals, give them away. */
export const LINKING_AND_NAME = words('ari dina abdi lalu pandu beta torang');
/** Behind one of these comes a name, whatever was said before. */
export const BEFORE_A_NAME = words(
  'nama nma nm namanya namaku namaq jenengku jenenge jeneng nami namine ngaran ngaranna namo name tertulis tertulisnya tertera tulisannya terdaftar jadi jadinya',
);

/** Said to whoever reads. */
export const COURTESIES = words(
  'kak kakak kaka ka min mimin admin pak bu bapak ibu gan sis bro bang mas mbak mba om tante dek ya yah iya iyaa y yes ok oke okay okey baik baiklah siap sip halo hallo hai hi hello hei hey p permisi punten assalamualaikum assalamu alaikum aslkm askum asalamualaikum waalaikumsalam pagi siang sore malam makasih mksh mksih trimakasih terimakasih terima trims tq ty thx thanks thank nuhun hatur suwun matur nuwun maturnuwun mohon maaf mf sorry dong donk deh dah sih lah loh lho nih tuh wkwk wkwkwk hehe hehehe haha bot',
);
/** Courtesies that are names too. */
export const COURTESY_OR_NAME = words('min gan sis ya yah loh lho lah tuh ka kaka dek sih dong');
/** Of those the ones that go before another: "ya kak". */
export const PARTICLES = words('ya yah loh lho lah tuh');
/** Before a name these may belong to it ("Ibu Siti Aminah"). */
export const ADDRESS = words('pak bu bapak ibu mas mbak mba bang om');
/** Two words that are no names in company: "selamat pagi", "terima kasih", "hari ini". */
export const PAIRS = words(
  'selamat_pagi selamat_siang selamat_sore selamat_malam terima_kasih thank_you tidak_salah tdk_salah gak_salah gk_salah ga_salah nggak_salah ngga_salah saya_cek sy_cek hari_ini minggu_ini bulan_ini minggu_lalu bulan_lalu wr_wb orang_lain i_am asma_kula asma_kulo aran_kula aran_kulo nami_abdi ngaran_abdi',
);

/** Whoever uses one of these is talking, not spelling a name. */
export const TALK = words(
  'apa apakah siapa dimana kemana kapan kpn kenapa knp knapa mengapa bagaimana gimana gmn gmna bgmn gmana berapa brp',
  'tidak tdk gak gk nggak ngga enggak engga kagak kaga belum blm belom ndak mboten henteu bukan bkn jangan jgn sudah udah udh sdh uwis geus parantos telah masih msh akan bakal',
  'bisa bs boleh pengen ingin harus wajib perlu butuh minta tolong tlg bantu dibantu coba tes test testing contoh cek ngecek dicek lihat liat lht buka login masuk keluar daftar ganti ngganti ubah rubah mengubah merubah ngubah diubah diganti ketik kirim ngirim balas jawab nanya jelasin jelaskan maksud artinya',
  'adanya gaada gelar gelarku titel singkatan disingkat ejaan huruf kapital spasi koma beda berbeda bedo beda2 sama samakah sesuai cocok tanpa kurang lebih tambah tambahan depan belakang tengah sebagian',
  'https http ktp nomor nomer hp email password sandi otp alamat foto screenshot ss privasi rahasia penipuan penipu disalahgunakan',
  'padahal lulusan kepanjangan kepotong kepotongnya terpotong disini panggil panggilan',
  'kemnaker kemenaker prakerja sisnaker siapkerja kartu program lpk lembaga pelatihan kursus kelas sertifikat sertif sertipikat rating ulasan review insentif saldo uang duit cair pencairan jadwal rekening gopay ovo linkaja ewallet wallet bank survei survey gelombang dashboard dasbor akun status menu batal stop mulai mulailagi lanjut skip lewati selesai kembali ulang reset hapus operator manusia petugas',
  'saya aku gue kami kamu anda mereka nama namanya namaku lengkap identitas user username pengguna anonim',
  'karena krn soalnya supaya biar agar kalau kalo klo tapi sedangkan atau atw trus buat bwt utk untuk dengan dgn dg oleh sejak sampai hingga tadi kemarin kmrn sekarang skrg skrng besok nanti ntar bentar sebentar bntr dlu udahan lagi juga jg deh doang aja saja banget bgt sekali kayak kyk seperti emang memang',
  'bodoh kepo kontol memek jancok jancuk goblok tolol anjing anjir bangsat kampret takut malas males bingung pusing stres stress capek kesal susah ribet gagal error eror hilang ilang kandung',
  'tiga empat enam tujuh delapan sembilan sepuluh belas puluh ratus ribu juta nol pertama kedua ketiga keempat kali per jam menit tanggal tgl tahun seminggu sebulan beberapa kemaren sekitar',
  'pilih pilihan opsi syarat ikut bahasa cuaca lowongan kerja beli lewat berhenti dihapus lakukan sambungkan sambung download link typo kode verifikasi pencet ulangi info infonya nilai dinilai kelupaan diproses ditransfer berhasil menunggu tertahan pengecekan dicairkan terkunci bermasalah masalah kendala menghubungi hubungi tokopedia bukalapak sudahlah nggih sampun enggeus udeh blum durung nmr lainnya',
  'have havent of them nothing there yet second third two three four five six seven eight zero bought elsewhere names guide want talk person start over somebody someone else good morning lot your code certificate certificates incentive training already showing call center sure',
  'what why how when where who different same wrong correct please help change dont cannot my name account',
);
/** Talk that is somebody's name too; two of them are talk. */
export const TALK_OR_NAME = words(
  'ada gada karna mau mana ap tak ga no not tau tw dak ora teu dah wis pun sedang nik kk isi lama kita dia ini itu ya yang lg lihat aman data orang anak dulu paham pasti yakin ko kok di ke dari punya ku im to cara dua pin sih dong tanya',
);

/** Talk that goes before a name in a reply: "tanpa gelar …", "kemarin saya lihat …". */
export const TALK_BEFORE_NAME = words(
  'ada gelar gelarku titel tanpa pakai pake liat lihat lht kemarin kmrn tadi sama seperti seprti kayak kayanya sudah udah udh sdh cek dicek panggil saja aja memang emang punya',
);

/** Verbs and nouns with endings that no name has. */
export const TALK_SHAPE = /^(?:me|di|ter|ber)\p{L}{4,}kan$|^\p{L}{5,}nya$/u;

/** Said of both accounts at once. */
export const BOTH = words('keduanya duaduanya dua2nya kedua2nya keduaduanya lorolorone kaduana both');
/** After one account, the other. */
export const OTHER_ONE = [
  'satunya lagi',
  'satunya',
  'satu lagi',
  '1 lagi',
  'satu nya',
  '1nya',
  'sebelahnya',
  'sijine',
  'hiji deui',
  'the other one',
  'the other',
];

function words(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(' ')));
}
