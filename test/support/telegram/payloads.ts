/** What phones really send besides text: the content of a message, per kind. File ids are made up, the rest is usual. */
export const CONTENT = {
  voice: {
    voice: {
      duration: 4,
      mime_type: 'audio/ogg',
      file_id: 'AwACAgUAAxkBVoice',
      file_unique_id: 'AgADVoice',
      file_size: 15_212,
    },
  },
  audio: {
    audio: {
      duration: 187,
      mime_type: 'audio/mpeg',
      title: 'Rekaman',
      file_id: 'CQACAgUAAxkBAudio',
      file_unique_id: 'AgADAudio',
      file_size: 2_991_104,
    },
  },
  video_note: {
    video_note: {
      duration: 6,
      length: 384,
      file_id: 'DQACAgUAAxkBNote',
      file_unique_id: 'AgADNote',
      file_size: 512_345,
    },
  },
  sticker: {
    sticker: {
      width: 512,
      height: 512,
      emoji: '👍',
      set_name: 'UtyaDuck',
      is_animated: true,
      is_video: false,
      type: 'regular',
      file_id: 'CAACAgUAAxkBSticker',
      file_unique_id: 'AgADSticker',
      file_size: 10_912,
    },
  },
  photo: {
    photo: [
      { file_id: 'AgACAgUAAxkBSmall', file_unique_id: 'AQADSmall', file_size: 1_204, width: 90, height: 67 },
      {
        file_id: 'AgACAgUAAxkBLarge',
        file_unique_id: 'AQADLarge',
        file_size: 98_541,
        width: 1280,
        height: 960,
      },
    ],
  },
  video: {
    video: {
      duration: 12,
      width: 720,
      height: 1280,
      mime_type: 'video/mp4',
      file_id: 'BAACAgUAAxkBVideo',
      file_unique_id: 'AgADVideo',
      file_size: 4_102_331,
    },
  },
  animation: {
    animation: {
      duration: 2,
      width: 320,
      height: 240,
      mime_type: 'video/mp4',
      file_id: 'CgACAgUAAxkBGif',
      file_unique_id: 'AgADGif',
      file_size: 48_221,
    },
    document: {
      mime_type: 'video/mp4',
      file_id: 'CgACAgUAAxkBGif',
      file_unique_id: 'AgADGif',
      file_size: 48_221,
    },
  },
  document: {
    document: {
      file_name: 'sertifikat.pdf',
      mime_type: 'application/pdf',
      file_id: 'BQACAgUAAxkBDoc',
      file_unique_id: 'AgADDoc',
      file_size: 240_551,
    },
  },
  location: { location: { latitude: -6.2297, longitude: 106.8295 } },
  live_location: { location: { latitude: -6.2297, longitude: 106.8295, live_period: 900 } },
  venue: {
    location: { latitude: -6.2297, longitude: 106.8295 },
    venue: {
      location: { latitude: -6.2297, longitude: 106.8295 },
      title: 'Balai Latihan',
      address: 'Jl. Gatot Subroto',
    },
  },
  contact: { contact: { phone_number: '+628110000000', first_name: 'Lembaga' } },
  poll: {
    poll: {
      id: '5350',
      question: 'Sudah?',
      options: [
        { text: 'Sudah', voter_count: 0 },
        { text: 'Belum', voter_count: 0 },
      ],
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
    },
  },
  dice: { dice: { emoji: '🎲', value: 3 } },
  game: { game: { title: 'Lumberjack', description: 'Chop', photo: [] } },
  story: { story: { chat: { id: 42, type: 'private', first_name: 'Ani' }, id: 3 } },
  auto_delete: { message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } },
} as const;
export type ContentKind = keyof typeof CONTENT;
